package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Reads a service's `networks:`, or its `network_mode:`, into the places its container has.
final class PlaceReader {
    private static final String SERVICE = "service:";

    private final String project;
    private final Map<String, Element> networks;
    private final List<String> notes;
    private boolean usesDefaultNetwork;

    PlaceReader(String project, Map<String, Element> networks, List<String> notes) {
        this.project = project;
        this.networks = networks;
        this.notes = notes;
    }

    boolean usesDefaultNetwork() {
        return usesDefaultNetwork;
    }

    /// The first place is the one that the container is run at: that of the highest priority, and of equals the one
    /// whose name comes first, as with Compose.
    ///
    /// @param names of the first container of each service
    List<EndpointRequest> read(String service, String container, Fields fields, Map<String, String> names)
            throws Mistake {
        String mode = fields.text("network_mode");
        if (mode != null) {
            if (fields.get("networks") != null) {
                throw ComposeMistakes.invalid(
                        fields.mapping().place(), "it has both network_mode and networks, which exclude each other");
            }
            return List.of(EndpointRequest.on(mode(mode, fields, names)));
        }
        List<Ranked> places = new ArrayList<>();
        switch (fields.get("networks")) {
            case null -> places.add(place(NetworkReader.DEFAULT, null, service, container, fields));
            case Element.Mapping mapping -> {
                for (Element.Field field : mapping.fields()) {
                    places.add(place(known(field.key(), field.value()), field.value(), service, container, fields));
                }
            }
            case Element.Listing listing -> {
                for (Element item : listing.items()) {
                    places.add(place(known(Fields.text(item), item), null, service, container, fields));
                }
            }
            case Element.Scalar scalar -> throw ComposeMistakes.wrongType(scalar.place(), "a list or a mapping");
        }
        return places.stream()
                .sorted(Comparator.comparingInt(Ranked::priority).reversed().thenComparing(Ranked::key))
                .map(Ranked::place)
                .toList();
    }

    private record Ranked(int priority, String key, EndpointRequest place) {}

    private static String mode(String mode, Fields fields, Map<String, String> names) throws Mistake {
        if (!mode.startsWith(SERVICE)) {
            return mode;
        }
        String other = mode.substring(SERVICE.length());
        String container = names.get(other);
        if (container == null) {
            throw ComposeMistakes.invalid(fields.mapping().place(), "its network_mode names no service: " + other);
        }
        return "container:" + container;
    }

    private String known(String key, Element element) throws Mistake {
        if (!networks.containsKey(key) && !key.equals(NetworkReader.DEFAULT)) {
            throw ComposeMistakes.invalid(element.place(), "the file has no network " + key);
        }
        return key;
    }

    private Ranked place(String key, @Nullable Element element, String service, String container, Fields serviceFields)
            throws Mistake {
        usesDefaultNetwork |= key.equals(NetworkReader.DEFAULT);
        Element network = networks.get(key);
        String name = network == null ? project + "_" + key : NetworkReader.name(project, key, network);
        // Docker has aliases on networks of one's own only.
        SequencedSet<String> aliases =
                new LinkedHashSet<>(name.equals("bridge") ? List.of() : List.of(container, service));
        if (element == null || element.isAbsent()) {
            return new Ranked(0, key, request(name, null, serviceFields, aliases));
        }
        Fields fields = Keys.PLACE.check(element, notes);
        aliases.addAll(fields.texts("aliases"));
        return new Ranked(
                fields.number("priority", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
                key,
                request(name, fields, serviceFields, aliases));
    }

    private static EndpointRequest request(
            String network, @Nullable Fields fields, Fields service, SequencedSet<String> aliases) throws Mistake {
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
