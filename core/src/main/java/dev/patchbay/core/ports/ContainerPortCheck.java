package dev.patchbay.core.ports;

import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Whether the packets of a published port find a process that listens. A port of a container can be
/// published before one listens, as in Docker, so this is a note and no refusal.
public final class ContainerPortCheck {
    private ContainerPortCheck() {}

    /// Why the published port does not answer; empty when a process listens on each of its container
    /// ports.
    ///
    /// @param container its name
    /// @param listeners of its network namespace
    public static Optional<String> note(String container, PortMapping mapping, List<Listener> listeners) {
        if (mapping.protocol() == Protocol.SCTP) {
            // The kernel's list has no sockets of SCTP.
            return Optional.empty();
        }
        List<Listener> ofProtocol = listeners.stream()
                .filter(listener -> listener.protocol() == mapping.protocol())
                .toList();
        PortRange ports = mapping.containerPorts();
        String silent = IntStream.rangeClosed(ports.first(), ports.last())
                .filter(port -> ofProtocol.stream().noneMatch(listener -> listener.port() == port))
                .mapToObj(port -> port + "/" + mapping.protocol())
                .collect(Collectors.joining(", "));
        if (!silent.isEmpty()) {
            return Optional.of("nothing listens on " + silent + " in " + container
                    + ": the published port answers when a process there does");
        }
        return IntStream.rangeClosed(ports.first(), ports.last())
                .boxed()
                .flatMap(port ->
                        loopbackOnly(
                                container,
                                mapping,
                                ofProtocol.stream()
                                        .filter(listener -> listener.port() == port)
                                        .toList())
                                .stream())
                .findFirst();
    }

    /// @param onPort at least one
    private static Optional<String> loopbackOnly(String container, PortMapping mapping, List<Listener> onPort) {
        Listener first = onPort.getFirst();
        return onPort.stream().allMatch(listener -> listener.address().isLoopbackAddress())
                ? Optional.of(
                        holder(first) + " listens on " + first.port() + "/" + mapping.protocol() + " in " + container
                                + " only at " + Addresses.format(first.address())
                                + ": the published port answers when it listens on every address")
                : Optional.empty();
    }

    /// A process for a sentence, as `httpd (pid 12)`.
    static String holder(Listener listener) {
        return (listener.process().isEmpty() ? "a process" : listener.process())
                + (listener.pid() == 0 ? "" : " (pid " + listener.pid() + ")");
    }
}
