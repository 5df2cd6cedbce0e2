package dev.patchbay.engine.change;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.status.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// When to restart a command, as Docker's restart policies do: after 100 ms, then after twice as long
/// each time, at most a minute; after a run of ten seconds again after 100 ms.
final class RestartBackoff {
    private static final Duration MIN_DELAY = Duration.ofMillis(100);
    private static final Duration MAX_DELAY = Duration.ofMinutes(1);
    private static final Duration RESET_AFTER = Duration.ofSeconds(10);

    private final Map<Id, Duration> delays = new ConcurrentHashMap<>();
    private final DelayedTasks delayedTasks;

    RestartBackoff(DelayedTasks clock) {
        this.delayedTasks = clock;
    }

    /// Whether a stopped sandbox should run again. A stop by a person counts for every policy except
    /// `always`, which ignores it when the helper starts.
    ///
    /// @param exitCode of the last run
    static boolean isDue(SandboxSpec sandbox, int exitCode, int restartCount) {
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

    /// Runs `start` after the next pause of the sandbox.
    ///
    /// @param status before it ended
    void schedule(SandboxSpec sandbox, @Nullable SandboxStatus status, Runnable start) {
        Instant started = status == null ? null : status.startedAt();
        boolean ranWell =
                started != null && Duration.between(started, Instant.now()).compareTo(RESET_AFTER) >= 0;
        Duration pause = delays.merge(sandbox.id(), MIN_DELAY, (last, first) -> ranWell ? first : doubled(last));
        delayedTasks.schedule(pause, "restart", start);
    }

    private static Duration doubled(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : twice;
    }

    /// Resets the pause to 100 ms.
    void reset(Id sandbox) {
        delays.remove(sandbox);
    }
}
