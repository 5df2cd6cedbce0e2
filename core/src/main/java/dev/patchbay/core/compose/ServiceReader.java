package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `services:` into the containers that they consist of.
final class ServiceReader {
    private static final int MOST_SERVICES = 1000;
    private static final int MOST_REPLICAS = 500;

    private final String project;
    private final EnvironmentReader environment;
    private final Set<String> profiles;
    private final PlaceReader places;
    private final List<String> notes;

    /// @param networks the file's own, by what it calls them
    ServiceReader(
            String project,
            EnvironmentReader environment,
            Set<String> profiles,
            Map<String, Element> networks,
            List<String> notes) {
        this.project = project;
        this.environment = environment;
        this.profiles = profiles;
        this.places = new PlaceReader(project, networks, notes);
        this.notes = notes;
    }

    /// Whether a service that was read is on the network that the file need not mention.
    boolean usesDefaultNetwork() {
        return places.usesDefaultNetwork();
    }

    /// Those services that no profile keeps out.
    SequencedMap<String, Element> wanted(SequencedMap<String, Element> services) throws Mistake {
        SequencedMap<String, Element> wanted = new LinkedHashMap<>();
        if (services.size() > MOST_SERVICES) {
            throw ComposeMistakes.invalid(
                    services.firstEntry().getValue().place(), "a project has at most " + MOST_SERVICES + " services");
        }
        for (Map.Entry<String, Element> service : services.entrySet()) {
            Fields fields = Keys.SERVICE.check(service.getValue(), notes);
            List<String> own = fields.texts("profiles");
            if (own.isEmpty() || !Collections.disjoint(own, profiles)) {
                wanted.put(service.getKey(), service.getValue());
            } else {
                notes.add("left out: services." + service.getKey() + ", which is only for " + String.join(", ", own));
            }
        }
        return wanted;
    }

    List<ProjectContainer> read(SequencedMap<String, Element> wanted) throws Mistake {
        Map<String, String> names = new HashMap<>();
        for (Map.Entry<String, Element> service : wanted.entrySet()) {
            Fields fields = Fields.of(service.getValue());
            names.put(service.getKey(), name(service.getKey(), 1, fields.text("container_name")));
        }
        List<ProjectContainer> containers = new ArrayList<>();
        for (String service : StartOrder.of(wanted)) {
            containers.addAll(containers(service, Fields.of(Objects.requireNonNull(wanted.get(service))), names));
        }
        return containers;
    }

    private String name(String service, int number, @Nullable String given) {
        return given == null ? project + "-" + service + "-" + number : given;
    }

    /// @param names of the first container of each service
    private List<ProjectContainer> containers(String service, Fields fields, Map<String, String> names) throws Mistake {
        int replicas = replicas(fields);
        String given = fields.text("container_name");
        if (given != null && replicas > 1) {
            throw ComposeMistakes.invalid(
                    fields.mapping().place(), "container_name cannot be used with more than one container");
        }
        List<ProjectContainer> containers = new ArrayList<>();
        for (int number = 1; number <= replicas; number++) {
            String name = name(service, number, given);
            containers.add(new ProjectContainer(
                    service, number, given != null, container(service, number, name, fields, names)));
        }
        return containers;
    }

    private Change.RunContainer container(
            String service, int number, String name, Fields fields, Map<String, String> names) throws Mistake {
        Element image = fields.get("image");
        if (image == null) {
            throw ComposeMistakes.invalid(fields.mapping().place(), "it has no image");
        }
        List<EndpointRequest> networks = places.read(service, name, fields, names);
        return new Change.RunContainer(
                name,
                Fields.text(image),
                command(fields),
                networks,
                PortsReader.read(fields, notes),
                PortsReader.exposed(fields),
                environment.read(fields),
                ComposeLabels.container(fields.words("labels"), project, service, number),
                fields.text("hostname"),
                fields.text("domainname", ""),
                fields.flag("tty"),
                fields.flag("stdin_open"),
                SettingsReader.read(fields),
                true);
    }

    private int replicas(Fields fields) throws Mistake {
        int scale = fields.number("scale", 1, 0, MOST_REPLICAS);
        Element deploy = fields.get("deploy");
        return deploy == null ? scale : Keys.DEPLOY.check(deploy, notes).number("replicas", scale, 0, MOST_REPLICAS);
    }

    private static List<String> command(Fields fields) throws Mistake {
        Element command = fields.get("command");
        if (!(command instanceof Element.Scalar scalar)) {
            return fields.texts("command");
        }
        try {
            return ShellWords.of(scalar.text());
        } catch (IllegalArgumentException e) {
            throw ComposeMistakes.invalid(command.place(), String.valueOf(e.getMessage()));
        }
    }
}
