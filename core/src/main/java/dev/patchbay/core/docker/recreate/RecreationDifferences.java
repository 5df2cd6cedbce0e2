package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.PortBindingRequest;
import dev.patchbay.core.docker.plan.Recreation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The differences of a recreated container, one line each: `-` is removed, `+` is added, two spaces
/// stay.
public final class RecreationDifferences {
    private static final String REMOVED = "- ";
    private static final String ADDED = "+ ";
    private static final String KEPT = "  ";

    private final ReplacedContainer replaced;
    private final List<String> lines = new ArrayList<>();

    private RecreationDifferences(ReplacedContainer before) {
        this.replaced = before;
    }

    public static List<String> of(ReplacedContainer before, Recreation asked) {
        RecreationDifferences differences = new RecreationDifferences(before);
        differences.addChanges(asked);
        differences.addLosses();
        differences.addKept();
        return differences.lines;
    }

    private void addChanges(Recreation asked) {
        addChange("ports", ports(Map.of()), ports(asked.ports()));
        addChange("id", replaced.shortId(), "a new one");
        if (replaced.hasHostnameOfId()) {
            addChange("hostname", replaced.shortId(), "the new id");
        }
        String image = replaced.container().at("/Config/Image").asText();
        if (!replaced.imageName().equals(image)) {
            addChange("image", image, replaced.imageName() + ", the same as now; " + image + " is another one");
        }
        for (ReplacedContainer.ReplacedEndpoint place : replaced.endpoints()) {
            if (!place.hasRequestedAddress() && !place.address().isEmpty()) {
                addChange("address on " + place.network(), place.address(), "one that Docker chooses");
            }
        }
    }

    private void addChange(String what, String from, String to) {
        lines.add(REMOVED + what + ": " + from);
        lines.add(ADDED + what + ": " + to);
    }

    /// All ports, the changed ones with their new state.
    private String ports(Map<String, PortBindingRequest> changed) {
        Map<String, PortBindingRequest> all = new TreeMap<>();
        replaced.container()
                .at("/HostConfig/PortBindings")
                .fieldNames()
                .forEachRemaining(port -> all.put(port, PortBindingRequest.of(replaced.container(), port)));
        all.putAll(changed);
        String text = all.entrySet().stream()
                .flatMap(port -> port.getValue().bindings().stream()
                        .map(binding -> PortBindingRequest.text(port.getKey(), binding)))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }

    private void addLosses() {
        ContainerDiff files = ContainerDiff.of(replaced.fileChanges(), replaced.container());
        lines.add(
                files.isEmpty()
                        ? KEPT + "files: none of its own (docker diff " + replaced.name() + ")"
                        : REMOVED + "files of its own, lost: " + files + " (docker diff " + replaced.name()
                                + "); docker commit " + replaced.name() + " keeps them as an image");
        lines.add(REMOVED + "log: begins anew (docker logs " + replaced.name() + ")");
        if (replaced.isRunning()) {
            lines.add(REMOVED + "processes: stopped, and started in the new container");
        }
    }

    private void addKept() {
        JsonNode container = replaced.container();
        for (ReplacedContainer.ReplacedEndpoint place : replaced.endpoints()) {
            addKeptLine("network", place.network() + asked(place));
        }
        addKeptLine("image", replaced.imageName());
        addKeptLine("environment", container.at("/Config/Env").size() + " variables");
        addKeptLine("labels", String.valueOf(container.at("/Config/Labels").size()));
        AnonymousVolumes.sorted(container).forEach(mount -> addKeptLine("mount", mount(mount)));
        addKeptLine(
                "restart policy", container.at("/HostConfig/RestartPolicy/Name").asText());
        addKeptLine("everything else", "as docker inspect " + replaced.name() + " says");
        String project = container
                .at("/Config/Labels")
                .path("com.docker.compose.project")
                .asText("");
        if (!project.isEmpty()) {
            lines.add(KEPT + "note: the Compose file of " + project + " does not know of this change");
        }
    }

    private void addKeptLine(String what, String value) {
        lines.add(KEPT + what + ": " + value);
    }

    private static String asked(ReplacedContainer.ReplacedEndpoint place) {
        List<String> parts = new ArrayList<>();
        if (place.hasRequestedAddress()) {
            parts.add(place.config().at("/IPAMConfig/IPv4Address").asText());
        }
        JsonNode aliases = place.config().path("Aliases");
        if (!aliases.isEmpty()) {
            parts.add("aliases "
                    + StreamSupport.stream(aliases.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(" ")));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private String mount(JsonNode mount) {
        boolean unnamed = AnonymousVolumes.anonymous(replaced.container()).contains(mount);
        String source = mount.path("Name").asText(mount.path("Source").asText());
        return mount.path("Destination").asText() + " (" + mount.path("Type").asText() + " " + source + ")"
                + (unnamed ? ", named from now on" : "");
    }
}
