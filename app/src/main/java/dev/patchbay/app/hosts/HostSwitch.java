package dev.patchbay.app.hosts;

import dev.patchbay.core.docker.config.DockerHosts;
import java.util.List;
import java.util.Optional;

/// What the host switch offers, and what it does. For the FX thread.
public interface HostSwitch {
    /// Looked for anew each time.
    List<HostChoice> choices();

    /// This machine, as long as nothing is in the way of showing it.
    default Optional<HostChoice> thisMachine() {
        return choices().stream()
                .filter(choice -> choice.name().equals(DockerHosts.LOCAL)
                        && choice.obstacle().isEmpty())
                .findFirst();
    }

    /// How the window stands to a host that it has shown already.
    Optional<ConnectionState> connectionState(String name);

    /// Shows another host; the one before stays connected.
    void choose(HostChoice choice);

    /// For a window of one host.
    static HostSwitch none() {
        return new HostSwitch() {
            @Override
            public List<HostChoice> choices() {
                return List.of();
            }

            @Override
            public Optional<ConnectionState> connectionState(String name) {
                return Optional.empty();
            }

            @Override
            public void choose(HostChoice choice) {
                // There is no other.
            }
        };
    }
}
