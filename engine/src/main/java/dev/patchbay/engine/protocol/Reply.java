package dev.patchbay.engine.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelStateDelta;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.List;
import java.util.Map;

/// A reply of the helper.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = Reply.State.class, name = "state"),
    @JsonSubTypes.Type(value = Reply.Changes.class, name = "changes"),
    @JsonSubTypes.Type(value = Reply.ActivityList.class, name = "activity"),
    @JsonSubTypes.Type(value = Reply.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = Reply.Applied.class, name = "applied"),
    @JsonSubTypes.Type(value = Reply.Counters.class, name = "counters"),
    @JsonSubTypes.Type(value = Reply.ListenerList.class, name = "listeners"),
    @JsonSubTypes.Type(value = Reply.Netns.class, name = "sight"),
    @JsonSubTypes.Type(value = Reply.Probed.class, name = "probed"),
    @JsonSubTypes.Type(value = Reply.ContainerPresence.class, name = "presence"),
    @JsonSubTypes.Type(value = Reply.HostLinks.class, name = "host-links"),
    @JsonSubTypes.Type(value = Reply.GoneEngineRules.class, name = "gone-engine-rules"),
    @JsonSubTypes.Type(value = Reply.LogChunk.class, name = "output"),
    @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {
    /// @param version of the helper; a client of another version reports it and ends
    /// @param pid of the helper in its own pid namespace
    record Welcome(String version, long pid, long revision) implements Reply {}

    /// @param position to ask for later changes
    /// @param specs in the order of creation
    /// @param problems differences between kernel and records that the last check found
    /// @param autoRepair whether problems are repaired as soon as they are found
    record State(
            SyncPosition position,
            long revision,
            List<Spec> specs,
            List<SandboxStatus> statuses,
            List<Problem> problems,
            boolean autoRepair,
            KernelState kernel)
            implements Reply {}

    /// The changes from an earlier position to the present one.
    ///
    /// @param activity oldest first; all its changes, applied in order, give the present specs
    /// @param statuses the changed ones, without those of removed sandboxes
    /// @param problems all problems
    record Changes(
            SyncPosition position,
            long revision,
            List<ActivityEntry> activity,
            List<SandboxStatus> statuses,
            List<Problem> problems,
            boolean autoRepair,
            KernelStateDelta kernel)
            implements Reply {}

    /// @param entries the newest last, at most [ActivityEntry#MAX_ENTRIES]
    record ActivityList(List<ActivityEntry> entries) implements Reply {}

    record Planned(List<PlannedStep> steps) implements Reply {}

    record Applied(long revision, long activity, List<PlannedStep> steps, long micros) implements Reply {}

    /// @param rules without tables of nftables when the client has those of `tablesVersion`: their text is long
    ///     and rarely changes
    /// @param tablesVersion changes with the tables; 0 of no tables
    record Counters(HostRules rules, long tablesVersion) implements Reply {}

    record ListenerList(List<Listener> listeners) implements Reply {}

    record Netns(NetnsState state) implements Reply {}

    record Probed(ProbeResult result) implements Reply {}

    record ContainerPresence(NetnsLocation place) implements Reply {
        public enum NetnsLocation {
            /// Its process is here, in the helper's own network namespace or with a link to it.
            HERE,
            /// Its process is here, and its network namespace has no link to another one.
            HERE_ALONE,
            /// There is no such process here, or its links lead to another network namespace.
            ELSEWHERE
        }
    }

    /// @param names of links by process; without those of processes that are gone or in the helper's own namespace
    record HostLinks(Map<Long, List<String>> names) implements Reply {
        public HostLinks {
            names = Map.copyOf(names);
        }
    }

    record GoneEngineRules(List<GoneRule> rules) implements Reply {
        public GoneEngineRules {
            rules = List.copyOf(rules);
        }
    }

    /// Part of a log, at most [#MAX_BYTES] bytes.
    ///
    /// @param base64 the bytes before `end`
    /// @param end the position of the next part
    record LogChunk(String base64, long end) implements Reply {
        public static final int MAX_BYTES = 512 * 1024;
    }

    record Done() implements Reply {}

    /// The request was refused; nothing has changed.
    record Refused(Refusal refusal) implements Reply {}

    /// The change failed and was undone.
    record Failed(String step, String message, int errno) implements Reply {}
}
