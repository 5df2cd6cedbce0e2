package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Id;

/// Whose network namespace is looked at, or probed from.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Standpoint.OfHost.class, name = "host"),
    @JsonSubTypes.Type(value = Standpoint.OfSandbox.class, name = "sandbox"),
    @JsonSubTypes.Type(value = Standpoint.OfOutside.class, name = "outside")
})
public sealed interface Standpoint {
    record OfHost() implements Standpoint {}

    /// The namespace that the sandbox runs in, which may be the host's or another sandbox's.
    record OfSandbox(Id sandbox) implements Standpoint {}

    /// The namespace that plays the rest of the world; only a Lab has one.
    record OfOutside() implements Standpoint {}
}
