package dev.patchbay.engine.auth;

import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.List;
import java.util.stream.Stream;

/// Removes from a reply what the peer must not see. An admitted user sees the owner's sandboxes and
/// their endpoints, but not what runs in them: no command, environment, labels or reasons of failures,
/// and no titles of changes, which may contain them.
public final class ReplyFilter {
    /// Replaces a hidden title or line.
    static final String HIDDEN = "(for root alone)";

    private ReplyFilter() {}

    public static Reply filter(Reply reply, PeerCredentials.Role role) {
        return switch (role) {
            case OWNER -> reply;
            case ADMITTED, STRANGER -> redacted(reply);
        };
    }

    private static Reply redacted(Reply reply) {
        return switch (reply) {
            case Reply.State state ->
                new Reply.State(
                        state.position(),
                        state.revision(),
                        specs(state.specs()),
                        statuses(state.statuses()),
                        problems(state.problems()),
                        state.autoRepair(),
                        state.kernel());
            case Reply.Changes changes ->
                new Reply.Changes(
                        changes.position(),
                        changes.revision(),
                        activity(changes.activity()),
                        statuses(changes.statuses()),
                        problems(changes.problems()),
                        changes.autoRepair(),
                        changes.kernel());
            case Reply.ActivityList(List<ActivityEntry> entries) -> new Reply.ActivityList(activity(entries));
            case Reply.Planned(List<PlannedStep> steps) -> new Reply.Planned(steps(steps));
            case Reply.Applied applied ->
                new Reply.Applied(applied.revision(), applied.activity(), steps(applied.steps()), applied.micros());
            case Reply.Welcome _,
                    Reply.Counters _,
                    Reply.ListenerList _,
                    Reply.Netns _,
                    Reply.Probed _,
                    Reply.ContainerPresence _,
                    Reply.HostLinks _,
                    Reply.GoneEngineRules _,
                    Reply.LogChunk _,
                    Reply.Done _,
                    Reply.Refused _,
                    Reply.Failed _ -> reply;
        };
    }

    private static List<Spec> specs(List<Spec> specs) {
        return specs.stream().map(ReplyFilter::spec).toList();
    }

    private static Spec spec(Spec spec) {
        return spec instanceof SandboxSpec sandbox && !sandbox.hasExternalNetns() ? sandbox.redacted(HIDDEN) : spec;
    }

    private static SpecChange change(SpecChange change) {
        return new SpecChange(specs(change.put()), change.remove());
    }

    private static List<SandboxStatus> statuses(List<SandboxStatus> statuses) {
        return statuses.stream().map(SandboxStatus::withoutError).toList();
    }

    private static List<Problem> problems(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(problem.object(), problem.kind(), problem.words(), steps(problem.steps())))
                .toList();
    }

    private static List<PlannedStep> steps(List<PlannedStep> steps) {
        return steps.stream()
                .map(step -> step.showsWorkloadCommand() ? new PlannedStep(step.name(), List.of(HIDDEN)) : step)
                .toList();
    }

    private static List<ActivityEntry> activity(List<ActivityEntry> entries) {
        return entries.stream().map(ReplyFilter::entry).toList();
    }

    private static ActivityEntry entry(ActivityEntry entry) {
        boolean ofSandbox = Stream.of(entry.change(), entry.inverse())
                .flatMap(change -> change.put().stream())
                .anyMatch(spec -> spec instanceof SandboxSpec sandbox && !sandbox.hasExternalNetns());
        return new ActivityEntry(
                entry.number(),
                entry.at(),
                entry.kind(),
                entry.refersTo(),
                ofSandbox ? HIDDEN : entry.title(),
                steps(entry.steps()),
                entry.micros(),
                change(entry.change()),
                change(entry.inverse()),
                entry.endings());
    }
}
