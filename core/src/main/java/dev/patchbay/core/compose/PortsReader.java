package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.spec.ExposedPort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// Reads a service's `ports:`, in the short form and in the long one.
final class PortsReader {
    private static final String INGRESS = "ingress";
    private static final Set<String> MODES = Set.of(INGRESS, "host");

    private PortsReader() {}

    static List<PortMapping> read(Fields service, List<String> notes) throws Mistake {
        // Two files may write one port in two forms.
        SequencedSet<PortMapping> mappings = new LinkedHashSet<>();
        for (Element item : service.items("ports")) {
            String text = item instanceof Element.Mapping ? shortForm(Keys.PORT.check(item, notes)) : Fields.text(item);
            try {
                mappings.add(PortArgument.mapping(text));
            } catch (PortArgument.Invalid e) {
                throw ComposeMistakes.invalid(item.place(), e.sentence());
            }
        }
        return List.copyOf(mappings);
    }

    /// Those of `expose:`.
    static List<ExposedPort> exposed(Fields service) throws Mistake {
        List<ExposedPort> exposed = new ArrayList<>();
        for (Element item : service.items("expose")) {
            try {
                exposed.addAll(PortArgument.exposed(Fields.text(item)));
            } catch (PortArgument.Invalid e) {
                throw ComposeMistakes.invalid(item.place(), e.sentence());
            }
        }
        return exposed;
    }

    private static String shortForm(Fields port) throws Mistake {
        String target = port.text("target");
        if (target == null) {
            throw ComposeMistakes.invalid(port.mapping().place(), "it has no target");
        }
        String mode = port.text("mode", INGRESS);
        if (!MODES.contains(mode)) {
            throw ComposeMistakes.invalid(
                    port.mapping().place(), "its mode must be host or ingress, which differ in a swarm only");
        }
        String address = port.text("host_ip", "");
        String host = port.text("published", "");
        String bracketed = address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
        String outside = bracketed.isEmpty() && host.isEmpty() ? "" : host + ":";
        return (bracketed.isEmpty() ? "" : bracketed + ":") + outside + target + "/" + port.text("protocol", "tcp");
    }
}
