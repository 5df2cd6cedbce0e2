package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Id;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Something that must exist. The helper stores specs and makes the kernel match them.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkSpec.class, name = "network"),
    @JsonSubTypes.Type(value = SandboxSpec.class, name = "sandbox"),
    @JsonSubTypes.Type(value = EndpointSpec.class, name = "endpoint"),
    @JsonSubTypes.Type(value = PortSpec.class, name = "port"),
    @JsonSubTypes.Type(value = ExternalPublishSpec.class, name = "forward")
})
public sealed interface Spec permits NetworkSpec, SandboxSpec, EndpointSpec, PortSpec, ExternalPublishSpec {
    Id id();

    /// The approximate size of the person's text in it, in bytes.
    default long textSize() {
        return switch (this) {
            case NetworkSpec network -> network.name().length() + length(network.labels()) + length(network.options());
            case SandboxSpec sandbox ->
                sandbox.name().length()
                        + length(sandbox.labels())
                        + length(sandbox.environment())
                        + length(sandbox.command())
                        + (sandbox.workload() instanceof Workload.Command(List<String> words) ? length(words) : 0);
            case EndpointSpec endpoint -> length(endpoint.aliases());
            case PortSpec _, ExternalPublishSpec _ -> 0;
        };
    }

    private static long length(Map<String, String> texts) {
        return length(texts.keySet()) + length(texts.values());
    }

    private static long length(Collection<String> texts) {
        return texts.stream().mapToLong(String::length).sum();
    }
}
