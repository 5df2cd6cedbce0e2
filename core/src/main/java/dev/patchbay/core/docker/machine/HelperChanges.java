package dev.patchbay.core.docker.machine;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has the helper of an engine's host do something beside the engine.
///
/// What that is depends on where containers are, so it is worked out when it is done, and again when another client
/// was faster: what is taken back later may be about a container that is elsewhere by then.
public record HelperChanges(MachineAccess machine) {
    private static final int ATTEMPTS = 8;

    /// Works out the change of the records.
    @FunctionalInterface
    public interface ChangeBuilder {
        SpecChange change(Reply.State state, HelperAccess helper) throws EngineException, RefusedException;
    }

    /// The command lines that it would run.
    public List<String> commandLines(ChangeBuilder drawing) throws EngineException, RefusedException {
        HelperAccess helper = machine.helper();
        for (int attempt = 1; ; attempt++) {
            Reply.State state = helper.readState();
            switch (helper.preview(drawing.change(state, helper), state.revision())) {
                case Answer.Granted<Reply.Planned>(Reply.Planned planned) -> {
                    return planned.steps().stream()
                            .map(PlannedStep::lines)
                            .flatMap(List::stream)
                            .toList();
                }
                case Answer.Refused<Reply.Planned>(Refusal refusal) -> {
                    if (attempt == ATTEMPTS || !Refusal.STALE_REVISION.equals(refusal.code())) {
                        throw new RefusedException(refusal);
                    }
                }
            }
        }
    }

    /// Does nothing where another client has done the same.
    ///
    /// @param title the command that it equals
    public void execute(String title, ChangeBuilder drawing) throws EngineException, RefusedException {
        HelperAccess helper = machine.helper();
        Refusal refusal = tryApply(title, drawing, helper);
        for (int attempt = 1; attempt < ATTEMPTS && Refusal.STALE_REVISION.equals(code(refusal)); attempt++) {
            refusal = tryApply(title, drawing, helper);
        }
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
    }

    private static @Nullable String code(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }

    private static @Nullable Refusal tryApply(String title, ChangeBuilder drawing, HelperAccess helper)
            throws EngineException, RefusedException {
        Reply.State state = helper.readState();
        SpecChange change = drawing.change(state, helper);
        if (change.isEmpty()) {
            return null;
        }
        return switch (helper.apply(change, state.revision(), title, ActivityKind.ACTION)) {
            case Answer.Granted<Reply.Applied> _ -> null;
            case Answer.Refused<Reply.Applied>(Refusal refused) -> refused;
        };
    }
}
