package dev.patchbay.app.export;

import dev.patchbay.app.model.SafeText;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The topology as a Mermaid flowchart, for a README or a ticket.
public final class MermaidDiagram {
    private final StringBuilder text = new StringBuilder("flowchart LR\n");
    private final Map<Id, String> names = new HashMap<>();

    private MermaidDiagram() {}

    public static String of(Topology topology) {
        return new MermaidDiagram().write(topology);
    }

    private String write(Topology topology) {
        line("host([" + quote(topology.host().name()) + "])");
        for (Network network : topology.networks()) {
            String subnet = network.subnet() == null ? "" : "\n" + network.subnet();
            String name = name(network.id(), "network");
            line(name + "[[" + quote(network.name() + subnet) + "]]");
        }
        for (Container container : topology.containers()) {
            line(name(container.id(), "container") + "[" + quote(container.name() + "\n" + container.image()) + "]");
        }
        for (Container container : topology.containers()) {
            for (Endpoint endpoint : container.endpoints()) {
                line(name(endpoint.network(), "network") + " --- " + label(address(endpoint))
                        + name(container.id(), "container"));
            }
            for (PortBinding port : container.ports()) {
                String arrow = port.inForce() ? " ==> " : " -.-> ";
                line("host" + arrow + label(hostSide(port) + " → " + port.containerPortText())
                        + name(container.id(), "container"));
            }
        }
        return text.toString();
    }

    private void line(String line) {
        text.append("    ").append(line).append('\n');
    }

    /// A user's name may be a keyword of Mermaid, as `end`.
    private String name(Id id, String kind) {
        return names.computeIfAbsent(id, _ -> kind + (names.size() + 1));
    }

    private static @Nullable String address(Endpoint endpoint) {
        return endpoint.address() == null
                ? null
                : Addresses.format(endpoint.address().address());
    }

    private static String hostSide(PortBinding port) {
        return port.hostAddress().isAnyLocalAddress() ? "*:" + port.hostPorts() : port.hostSide();
    }

    private static String label(@Nullable String words) {
        return words == null ? "" : "|" + quote(words) + "| ";
    }

    /// Mermaid has no escape character: special characters are written as entities.
    private static String quote(String words) {
        StringBuilder safe = new StringBuilder("\"");
        String[] lines = words.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            safe.append(i == 0 ? "" : "<br>");
            SafeText.escapeAndShorten(lines[i]).codePoints().forEach(point -> {
                switch (point) {
                    case '"', '<', '>', '&', '#', ';', '`' ->
                        safe.append('#').append(point).append(';');
                    default -> safe.appendCodePoint(point);
                }
            });
        }
        return safe.append('"').toString();
    }
}
