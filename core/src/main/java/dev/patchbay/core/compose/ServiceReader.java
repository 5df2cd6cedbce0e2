package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.RefusedException;
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

/// Reads `services:` to the containers of each service.
final class ServiceReader {
    private static final int MAX_SERVICES = 1000;
    private static final int MAX_REPLICAS = 500;

    private final String project;
    private final EnvironmentReader environment;
    private final Set<String> profiles;
    private final ServiceNetworksReader networksReader;
    private final List<String> notes;

    /// @param networks the file's own, by key
    ServiceReader(
            String project,
            EnvironmentReader environment,
            Set<String> profiles,
            Map<String, YamlElement> networks,
            List<String> notes) {
        this.project = project;
        this.environment = environment;
        this.profiles = profiles;
        this.networksReader = new ServiceNetworksReader(project, networks, notes);
        this.notes = notes;
    }

    /// Whether some service uses the default network, which the file need not declare.
    boolean usesDefaultNetwork() {
        return networksReader.usesDefaultNetwork();
    }

    /// The services that the enabled profiles include.
    SequencedMap<String, YamlElement> enabledServices(SequencedMap<String, YamlElement> services)
            throws RefusedException {
        SequencedMap<String, YamlElement> wanted = new LinkedHashMap<>();
        if (services.size() > MAX_SERVICES) {
            throw ComposeRefusals.invalid(
                    services.firstEntry().getValue().location(), "a project has at most " + MAX_SERVICES + " services");
        }
        for (Map.Entry<String, YamlElement> service : services.entrySet()) {
            ComposeFields fields = ComposeKeys.SERVICE.check(service.getValue(), notes);
            List<String> own = fields.texts("profiles");
            if (own.isEmpty() || !Collections.disjoint(own, profiles)) {
                wanted.put(service.getKey(), service.getValue());
            } else {
                notes.add("left out: services." + service.getKey() + ", which is only for " + String.join(", ", own));
            }
        }
        return wanted;
    }

    List<ProjectContainer> read(SequencedMap<String, YamlElement> wanted) throws RefusedException {
        Map<String, String> names = new HashMap<>();
        for (Map.Entry<String, YamlElement> service : wanted.entrySet()) {
            ComposeFields fields = ComposeFields.of(service.getValue());
            names.put(service.getKey(), name(service.getKey(), 1, fields.text("container_name")));
        }
        List<ProjectContainer> containers = new ArrayList<>();
        for (String service : DependencyOrder.of(wanted)) {
            containers.addAll(
                    containers(service, ComposeFields.of(Objects.requireNonNull(wanted.get(service))), names));
        }
        return containers;
    }

    private String name(String service, int number, @Nullable String given) {
        return given == null ? project + "-" + service + "-" + number : given;
    }

    /// @param names of the first container of each service
    private List<ProjectContainer> containers(String service, ComposeFields fields, Map<String, String> names)
            throws RefusedException {
        int replicas = replicas(fields);
        String given = fields.text("container_name");
        if (given != null && replicas > 1) {
            throw ComposeRefusals.invalid(
                    fields.mapping().location(), "container_name cannot be used with more than one container");
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
            String service, int number, String name, ComposeFields fields, Map<String, String> names)
            throws RefusedException {
        YamlElement image = fields.get("image");
        if (image == null) {
            throw ComposeRefusals.invalid(fields.mapping().location(), "it has no image");
        }
        List<EndpointRequest> networks = networksReader.read(service, name, fields, names);
        return new Change.RunContainer(
                name,
                ComposeFields.text(image),
                command(fields),
                networks,
                ServicePortsReader.read(fields, notes),
                ServicePortsReader.exposed(fields),
                environment.read(fields),
                ComposeLabels.container(fields.textPairs("labels"), project, service, number),
                fields.text("hostname"),
                fields.text("domainname", ""),
                fields.flag("tty"),
                fields.flag("stdin_open"),
                HostSettingsReader.read(fields),
                true);
    }

    private int replicas(ComposeFields fields) throws RefusedException {
        int scale = fields.number("scale", 1, 0, MAX_REPLICAS);
        YamlElement deploy = fields.get("deploy");
        return deploy == null
                ? scale
                : ComposeKeys.DEPLOY.check(deploy, notes).number("replicas", scale, 0, MAX_REPLICAS);
    }

    private static List<String> command(ComposeFields fields) throws RefusedException {
        YamlElement command = fields.get("command");
        if (!(command instanceof YamlElement.Scalar scalar)) {
            return fields.texts("command");
        }
        try {
            return ShellWordSplitter.of(scalar.text());
        } catch (IllegalArgumentException e) {
            throw ComposeRefusals.invalid(command.location(), String.valueOf(e.getMessage()));
        }
    }
}
