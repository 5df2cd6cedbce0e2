package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// An event that the helper sends to every subscriber, in the order in which it happened.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.RecordsChanged.class, name = "records"),
    @JsonSubTypes.Type(value = Event.KernelChanged.class, name = "kernel")
})
public sealed interface Event {
    /// Specs or the state of a sandbox changed. A snapshot of at least this revision includes the
    /// change.
    record RecordsChanged(long revision) implements Event {}

    /// Links, addresses, routes or rules of the host changed, or the set of known problems did.
    record KernelChanged() implements Event {}
}
