package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Reads a service's `networks:`, or its `network_mode:`, to the endpoints of its containers.
final class ServiceNetworksReader {
    private static final String SERVICE = "service:";

    private final String project;
    private final Map<String, YamlElement> networks;
    private final List<String> notes;
    private boolean usesDefaultNetwork;

    ServiceNetworksReader(String project, Map<String, YamlElement> networks, List<String> notes) {
        this.project = project;
        this.networks = networks;
        this.notes = notes;
    }

    boolean usesDefaultNetwork() {
        return usesDefaultNetwork;
    }

    /// The first endpoint is the one for `run`: that of the highest priority, and of equals the one
    /// whose name comes first, as in Compose.
    ///
    /// @param names of the first container of each service
    List<EndpointRequest> read(String service, String container, ComposeFields fields, Map<String, String> names)
            throws RefusedException {
        String mode = fields.text("network_mode");
        if (mode != null) {
            if (fields.get("networks") != null) {
                throw ComposeRefusals.invalid(
                        fields.mapping().location(), "it has both network_mode and networks, which exclude each other");
            }
            return List.of(EndpointRequest.on(mode(mode, fields, names)));
        }
        List<Ranked> places = new ArrayList<>();
        switch (fields.get("networks")) {
            case null -> places.add(rankedEndpoint(ProjectNetworkReader.DEFAULT, null, service, container, fields));
            case YamlElement.Mapping mapping -> {
                for (YamlElement.Field field : mapping.fields()) {
                    places.add(rankedEndpoint(
                            requireNetwork(field.key(), field.value()), field.value(), service, container, fields));
                }
            }
            case YamlElement.Sequence listing -> {
                for (YamlElement item : listing.items()) {
                    places.add(rankedEndpoint(
                            requireNetwork(ComposeFields.text(item), item), null, service, container, fields));
                }
            }
            case YamlElement.Scalar scalar -> throw ComposeRefusals.wrongType(scalar.location(), "a list or a mapping");
        }
        return places.stream()
                .sorted(Comparator.comparingInt(Ranked::priority).reversed().thenComparing(Ranked::key))
                .map(Ranked::endpoint)
                .toList();
    }

    private record Ranked(int priority, String key, EndpointRequest endpoint) {}

    private static String mode(String mode, ComposeFields fields, Map<String, String> names) throws RefusedException {
        if (!mode.startsWith(SERVICE)) {
            return mode;
        }
        String other = mode.substring(SERVICE.length());
        String container = names.get(other);
        if (container == null) {
            throw ComposeRefusals.invalid(fields.mapping().location(), "its network_mode names no service: " + other);
        }
        return "container:" + container;
    }

    private String requireNetwork(String key, YamlElement element) throws RefusedException {
        if (!networks.containsKey(key) && !key.equals(ProjectNetworkReader.DEFAULT)) {
            throw ComposeRefusals.invalid(element.location(), "the file has no network " + key);
        }
        return key;
    }

    private Ranked rankedEndpoint(
            String key, @Nullable YamlElement element, String service, String container, ComposeFields serviceFields)
            throws RefusedException {
        usesDefaultNetwork |= key.equals(ProjectNetworkReader.DEFAULT);
        YamlElement network = networks.get(key);
        String name = network == null ? project + "_" + key : ProjectNetworkReader.name(project, key, network);
        // Docker allows aliases only on user-defined networks.
        SequencedSet<String> aliases =
                new LinkedHashSet<>(name.equals("bridge") ? List.of() : List.of(container, service));
        if (element == null || element.isAbsent()) {
            return new Ranked(0, key, request(name, null, serviceFields, aliases));
        }
        ComposeFields fields = ComposeKeys.ENDPOINT.check(element, notes);
        aliases.addAll(fields.texts("aliases"));
        return new Ranked(
                fields.number("priority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
                key,
                request(name, fields, serviceFields, aliases));
    }

    private static EndpointRequest request(
            String network, @Nullable ComposeFields fields, ComposeFields service, SequencedSet<String> aliases)
            throws RefusedException {
        String mac = fields == null ? null : fields.text("mac_address");
        return new EndpointRequest(
                network,
                fields == null ? null : fields.text("ipv4_address"),
                fields == null ? null : fields.text("ipv6_address"),
                mac == null ? service.text("mac_address") : mac,
                List.copyOf(aliases),
                fields == null ? 0 : fields.number("gw_priority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
