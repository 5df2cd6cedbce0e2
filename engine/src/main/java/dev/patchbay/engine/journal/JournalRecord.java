package dev.patchbay.engine.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.SandboxStatus;

/// One record of the journal.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalRecord.Intent.class, name = "intent"),
    @JsonSubTypes.Type(value = JournalRecord.Commit.class, name = "commit"),
    @JsonSubTypes.Type(value = JournalRecord.Abort.class, name = "abort"),
    @JsonSubTypes.Type(value = JournalRecord.Status.class, name = "status"),
    @JsonSubTypes.Type(value = JournalRecord.Boot.class, name = "boot"),
    @JsonSubTypes.Type(value = JournalRecord.AutoRepair.class, name = "auto-repair")
})
public sealed interface JournalRecord {
    /// A change of the kernel begins. Until [Commit] or [Abort] the kernel may be in any state between
    /// the two sets of specs.
    ///
    /// @param refersTo as in [ActivityEntry]
    record Intent(long baseRevision, SpecChange change, String title, ActivityKind kind, long refersTo)
            implements JournalRecord {}

    /// The pending change is in the kernel and becomes part of the specs.
    record Commit(long revision, ActivityEntry activity) implements JournalRecord {}

    /// The pending change was undone.
    record Abort() implements JournalRecord {}

    record Status(SandboxStatus status) implements JournalRecord {}

    /// The host was rebooted, and its kernel has no objects of ours.
    record Boot(String bootId) implements JournalRecord {}

    /// Whether differences are repaired as soon as they are found.
    record AutoRepair(boolean on) implements JournalRecord {}
}
