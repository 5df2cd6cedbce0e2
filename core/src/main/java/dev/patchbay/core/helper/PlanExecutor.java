package dev.patchbay.core.helper;

import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.status.ActivityEntry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Plans against the newest state and sends the plan with its revision; when another client was faster the helper
/// refuses it, and the plan is made again.
public final class PlanExecutor {
    private static final int MAX_ATTEMPTS = 50;
    private static final long MAX_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final HelperConnection connection;
    private final StateMirror mirror;

    public PlanExecutor(HelperConnection link, StateMirror mirror) {
        this.connection = link;
        this.mirror = mirror;
    }

    /// @param seed of the ids that the plan gives
    /// @param apply false for a preview
    public Outcome execute(SpecPlanner planning, Id seed, boolean apply) throws EngineException {
        Refusal stale = Refusal.of(Refusal.STALE_REVISION, "other clients change this host too often");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            HelperState state = mirror.state();
            SpecPlan plan;
            try {
                plan = planning.plan(new PlanContext(
                        state, this::readListeners, this::readActivity, new IdSequence(seed), Instant.now()));
            } catch (RefusedException refused) {
                return new Outcome.Refused(refused.refusal());
            }
            if (plan.change().isEmpty()) {
                return new Outcome.Done(plan.output(), plan.title(), List.of(), 0);
            }
            Outcome outcome = apply ? apply(plan, state.revision()) : preview(plan, state.revision());
            if (!(outcome instanceof Outcome.Refused(Refusal refusal))
                    || !refusal.code().equals(Refusal.STALE_REVISION)) {
                return outcome;
            }
            stale = refusal;
            // Clients that all lost to one and the same change must not all come back at once.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_BACKOFF_NANOS));
        }
        return new Outcome.Refused(stale);
    }

    private Outcome apply(SpecPlan plan, long revision) throws EngineException {
        Request.Apply request =
                new Request.Apply(plan.change(), revision, plan.title(), plan.kind(), plan.refersTo(), plan.stopping());
        return switch (connection.callChanging(request, plan.title())) {
            case Answer.Granted<Reply.Applied>(Reply.Applied done) ->
                new Outcome.Done(plan.output(), plan.title(), done.steps(), done.activity());
            case Answer.Refused<Reply.Applied>(Refusal refusal) -> new Outcome.Refused(refusal);
        };
    }

    private Outcome preview(SpecPlan plan, long revision) throws EngineException {
        return switch (connection.call(new Request.Preview(plan.change(), revision))) {
            case Answer.Granted<Reply.Planned>(Reply.Planned planned) ->
                new Outcome.Done(plan.output(), plan.title(), planned.steps(), 0);
            case Answer.Refused<Reply.Planned>(Refusal refusal) -> new Outcome.Refused(refusal);
        };
    }

    private List<Listener> readListeners(PortRange ports) throws EngineException {
        return StateMirror.requireGranted(connection.call(new Request.Listeners(ports)), "read the listening sockets")
                .listeners();
    }

    /// May know of more than the state that is planned against; then the plan is refused as stale.
    private List<ActivityEntry> readActivity() throws EngineException {
        return mirror.stateWithActivity().activity();
    }
}
