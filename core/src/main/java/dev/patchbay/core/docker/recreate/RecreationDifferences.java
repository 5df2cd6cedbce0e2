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

/// What another container in the place of one has otherwise, and what it has the same, a line each: `-` what goes,
/// `+` what comes, two spaces for what stays.
public final class RecreationDifferences {
    private static final String GOES = "- ";
    private static final String COMES = "+ ";
    private static final String STAYS = "  ";

    private final ReplacedContainer before;
    private final List<String> lines = new ArrayList<>();

    private RecreationDifferences(ReplacedContainer before) {
        this.before = before;
    }

    public static List<String> of(ReplacedContainer before, Recreation asked) {
        RecreationDifferences differences = new RecreationDifferences(before);
        differences.changes(asked);
        differences.losses();
        differences.stays();
        return differences.lines;
    }

    private void changes(Recreation asked) {
        change("ports", ports(Map.of()), ports(asked.ports()));
        change("id", before.shortId(), "a new one");
        if (before.hasHostnameOfId()) {
            change("hostname", before.shortId(), "the new id");
        }
        String image = before.container().at("/Config/Image").asText();
        if (!before.imageName().equals(image)) {
            change("image", image, before.imageName() + ", the same as now; " + image + " is another one");
        }
        for (ReplacedContainer.ReplacedEndpoint place : before.places()) {
            if (!place.addressIsAsked() && !place.address().isEmpty()) {
                change("address on " + place.network(), place.address(), "one that Docker chooses");
            }
        }
    }

    private void change(String what, String from, String to) {
        lines.add(GOES + what + ": " + from);
        lines.add(COMES + what + ": " + to);
    }

    /// All of them, those that change as they will be.
    private String ports(Map<String, PortBindingRequest> changed) {
        Map<String, PortBindingRequest> all = new TreeMap<>();
        before.container()
                .at("/HostConfig/PortBindings")
                .fieldNames()
                .forEachRemaining(port -> all.put(port, PortBindingRequest.of(before.container(), port)));
        all.putAll(changed);
        String text = all.entrySet().stream()
                .flatMap(port -> port.getValue().bindings().stream()
                        .map(binding -> PortBindingRequest.text(port.getKey(), binding)))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }

    private void losses() {
        ContainerDiff files = ContainerDiff.of(before.changes(), before.container());
        lines.add(
                files.isEmpty()
                        ? STAYS + "files: none of its own (docker diff " + before.name() + ")"
                        : GOES + "files of its own, lost: " + files + " (docker diff " + before.name()
                                + "); docker commit " + before.name() + " keeps them as an image");
        lines.add(GOES + "log: begins anew (docker logs " + before.name() + ")");
        if (before.runs()) {
            lines.add(GOES + "processes: stopped, and started in the new container");
        }
    }

    private void stays() {
        JsonNode container = before.container();
        for (ReplacedContainer.ReplacedEndpoint place : before.places()) {
            stay("network", place.network() + asked(place));
        }
        stay("image", before.imageName());
        stay("environment", container.at("/Config/Env").size() + " variables");
        stay("labels", String.valueOf(container.at("/Config/Labels").size()));
        AnonymousVolumes.sorted(container).forEach(mount -> stay("mount", mount(mount)));
        stay("restart policy", container.at("/HostConfig/RestartPolicy/Name").asText());
        stay("everything else", "as docker inspect " + before.name() + " says");
        String project = container
                .at("/Config/Labels")
                .path("com.docker.compose.project")
                .asText("");
        if (!project.isEmpty()) {
            lines.add(STAYS + "note: the Compose file of " + project + " does not know of this change");
        }
    }

    private void stay(String what, String value) {
        lines.add(STAYS + what + ": " + value);
    }

    private static String asked(ReplacedContainer.ReplacedEndpoint place) {
        List<String> parts = new ArrayList<>();
        if (place.addressIsAsked()) {
            parts.add(place.asked().at("/IPAMConfig/IPv4Address").asText());
        }
        JsonNode aliases = place.asked().path("Aliases");
        if (!aliases.isEmpty()) {
            parts.add("aliases "
                    + StreamSupport.stream(aliases.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(" ")));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private String mount(JsonNode mount) {
        boolean unnamed = AnonymousVolumes.unnamed(before.container()).contains(mount);
        String source = mount.path("Name").asText(mount.path("Source").asText());
        return mount.path("Destination").asText() + " (" + mount.path("Type").asText() + " " + source + ")"
                + (unnamed ? ", named from now on" : "");
    }
}
