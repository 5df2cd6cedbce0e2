package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What the helper tells every subscriber, in the order it happened.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.RecordsChanged.class, name = "records"),
    @JsonSubTypes.Type(value = Event.KernelChanged.class, name = "kernel")
})
public sealed interface Event {
    /// Specs or the state of a sandbox changed; a snapshot of at least this revision has the change.
    record RecordsChanged(long revision) implements Event {}

    /// Links, addresses, routes or rules of the host changed by whatever hand, or another problem is seen than before.
    record KernelChanged() implements Event {}
}
