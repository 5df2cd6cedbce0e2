package dev.patchbay.core.docker.picture;

import dev.patchbay.core.Change;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Host ports that Patchbay publishes beside an engine and that the engine has published as well since. The engine's
/// rules are asked first, so that Patchbay's lead nowhere any more.
///
/// @param container whose port is not reached
/// @param port of it that is not
/// @param hostPorts the part of its host ports that is not
/// @param winner the container that is reached in its place
public record Shadowed(Container container, PortBinding port, PortRange hostPorts, Container winner) {

    public static List<Shadowed> of(Topology topology) {
        List<Shadowed> found = new ArrayList<>();
        for (Container container : topology.containers()) {
            for (PortBinding port : container.ports()) {
                if (port.beside() && port.inForce()) {
                    topology.containers().forEach(winner -> by(winner, container, port, found));
                }
            }
        }
        return found;
    }

    private static void by(Container winner, Container container, PortBinding port, List<Shadowed> found) {
        for (PortBinding other : winner.ports()) {
            int first = Math.max(port.hostPorts().first(), other.hostPorts().first());
            int last = Math.min(port.hostPorts().last(), other.hostPorts().last());
            if (!other.beside()
                    && other.inForce()
                    && other.protocol() == port.protocol()
                    && first <= last
                    && covers(other.hostAddress(), port.hostAddress())) {
                found.add(new Shadowed(container, port, new PortRange(first, last), winner));
            }
        }
    }

    /// One that answers on some of the addresses leaves the others to Patchbay's.
    private static boolean covers(InetAddress engines, InetAddress ours) {
        return engines.equals(ours)
                || (engines.isAnyLocalAddress() && engines.getAddress().length == ours.getAddress().length);
    }

    /// `8090/tcp`.
    String text() {
        return hostPorts + "/" + port.protocol();
    }

    /// Takes it back, so that the picture is as what is reached.
    public Change withdrawal() {
        return new Change.Unpublish(container.name(), port.hostAddress(), hostPorts, null, port.protocol());
    }
}
