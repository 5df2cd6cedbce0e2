package dev.patchbay.engine.change;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.status.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// When a command that ended is started again, as Docker's restart policies have it: after 100 ms, after twice
/// as long each time, at most a minute; from the beginning after a run of ten seconds.
final class RestartBackoff {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration GOOD_RUN = Duration.ofSeconds(10);

    private final Map<Id, Duration> pauses = new ConcurrentHashMap<>();
    private final DelayedTasks clock;

    RestartBackoff(DelayedTasks clock) {
        this.clock = clock;
    }

    /// Whether a sandbox that stands still is to run all the same. A person's stop counts for every policy but
    /// `always`, which forgets it when the helper starts anew.
    ///
    /// @param exitCode of the last run
    static boolean due(SandboxSpec sandbox, int exitCode, int restartCount) {
        var policy = sandbox.settings().restart();
        return switch (policy.name()) {
            case NO -> false;
            case ALWAYS -> true;
            case UNLESS_STOPPED -> !sandbox.stoppedByPerson();
            case ON_FAILURE ->
                exitCode != 0
                        && !sandbox.stoppedByPerson()
                        && (policy.maximumRetryCount() == 0 || restartCount < policy.maximumRetryCount());
        };
    }

    /// Does it after the pause that is the sandbox's turn.
    ///
    /// @param status before it ended
    void later(SandboxSpec sandbox, @Nullable SandboxStatus status, Runnable start) {
        Instant started = status == null ? null : status.startedAt();
        boolean ranWell =
                started != null && Duration.between(started, Instant.now()).compareTo(GOOD_RUN) >= 0;
        Duration pause = pauses.merge(sandbox.id(), SHORTEST, (last, first) -> ranWell ? first : doubled(last));
        clock.later(pause, "restart", start);
    }

    private static Duration doubled(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /// The next pause is the first one again.
    void forget(Id sandbox) {
        pauses.remove(sandbox);
    }
}
