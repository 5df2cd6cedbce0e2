package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.ExposedPort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// Reads a service's `ports:`, in the short and in the long form.
final class ServicePortsReader {
    private static final String INGRESS = "ingress";
    private static final Set<String> MODES = Set.of(INGRESS, "host");

    private ServicePortsReader() {}

    static List<PortMapping> read(ComposeFields service, List<String> notes) throws RefusedException {
        // Two files may have the same port in two forms.
        SequencedSet<PortMapping> mappings = new LinkedHashSet<>();
        for (YamlElement item : service.items("ports")) {
            String text = item instanceof YamlElement.Mapping
                    ? shortForm(ComposeKeys.PORT.check(item, notes))
                    : ComposeFields.text(item);
            try {
                mappings.add(PortArgument.mapping(text));
            } catch (PortArgument.InvalidPortException e) {
                throw ComposeRefusals.invalid(item.location(), e.sentence());
            }
        }
        return List.copyOf(mappings);
    }

    /// The ports of `expose:`.
    static List<ExposedPort> exposed(ComposeFields service) throws RefusedException {
        List<ExposedPort> exposed = new ArrayList<>();
        for (YamlElement item : service.items("expose")) {
            try {
                exposed.addAll(PortArgument.exposed(ComposeFields.text(item)));
            } catch (PortArgument.InvalidPortException e) {
                throw ComposeRefusals.invalid(item.location(), e.sentence());
            }
        }
        return exposed;
    }

    private static String shortForm(ComposeFields port) throws RefusedException {
        String target = port.text("target");
        if (target == null) {
            throw ComposeRefusals.invalid(port.mapping().location(), "it has no target");
        }
        String mode = port.text("mode", INGRESS);
        if (!MODES.contains(mode)) {
            throw ComposeRefusals.invalid(
                    port.mapping().location(), "its mode must be host or ingress, which differ in a swarm only");
        }
        String address = port.text("host_ip", "");
        String host = port.text("published", "");
        String bracketed = address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
        String outside = bracketed.isEmpty() && host.isEmpty() ? "" : host + ":";
        return (bracketed.isEmpty() ? "" : bracketed + ":") + outside + target + "/" + port.text("protocol", "tcp");
    }
}
