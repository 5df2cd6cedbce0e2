package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Something that must exist. The helper stores specs and makes the kernel match them.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkSpec.class, name = "network"),
    @JsonSubTypes.Type(value = SandboxSpec.class, name = "sandbox"),
    @JsonSubTypes.Type(value = EndpointSpec.class, name = "endpoint"),
    @JsonSubTypes.Type(value = PortSpec.class, name = "port"),
    @JsonSubTypes.Type(value = ForwardSpec.class, name = "forward")
})
public sealed interface Spec permits NetworkSpec, SandboxSpec, EndpointSpec, PortSpec, ForwardSpec {
    Id id();
}
