package dev.patchbay.app.hosts;

import dev.patchbay.core.docker.config.DockerHosts;
import java.util.List;
import java.util.Optional;

/// The hosts that a person can choose, and the choice itself. Belongs to the JavaFX thread.
public interface HostSwitch {
    /// The hosts, looked up again at each call.
    List<HostChoice> choices();

    /// This machine's engine, unless an obstacle is known.
    default Optional<HostChoice> thisMachine() {
        return choices().stream()
                .filter(choice -> choice.name().equals(DockerHosts.LOCAL)
                        && choice.obstacle().isEmpty())
                .findFirst();
    }

    /// The connection state of a host that was shown already.
    Optional<ConnectionState> connectionState(String name);

    /// Shows another host; the previous one stays connected.
    void choose(HostChoice choice);

    /// For a window with a single host.
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
                // There is no other host.
            }
        };
    }
}
