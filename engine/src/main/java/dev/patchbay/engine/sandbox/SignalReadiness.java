package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.os.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Waits until pid 1 of a sandbox can receive a signal. Between its start and the moment when its
/// command sets a handler, a chain of programs runs, and the kernel drops signals.
///
/// @param init pid 1 of the sandbox
record SignalReadiness(ProcessIdentity init, Instant startedAt, int signal) {
    /// After this time a busy command without a handler is considered to have none.
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(5);

    private static final Executor POLL_EXECUTOR = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
    /// Number of consecutive polls that must find the command sleeping, because it may wait for a lock
    /// only.
    private static final int SLEEPING_POLLS = 3;

    /// Completes as soon as it is certain whether the command has a handler for the signal.
    CompletableFuture<Boolean> handlesSignal() {
        return poll(0);
    }

    private CompletableFuture<Boolean> poll(int seenWaiting) {
        if (init.hasHandlerFor(signal)) {
            // Only the command itself counts: a program of the chain loses its handler with `exec`.
            if (hasStarted()) {
                return CompletableFuture.completedFuture(true);
            }
        } else if (seenWaiting >= SLEEPING_POLLS || !init.isAlive() || isPastStartup()) {
            return CompletableFuture.completedFuture(false);
        }
        int waiting = hasStarted() && init.isSleeping() ? seenWaiting + 1 : 0;
        return CompletableFuture.supplyAsync(() -> waiting, POLL_EXECUTOR).thenCompose(this::poll);
    }

    private boolean isPastStartup() {
        return startedAt.plus(STARTUP_LIMIT).isBefore(Instant.now());
    }

    private boolean hasStarted() {
        return isPastStartup() || !init.commandLine().contains(SandboxCommand.PRE_EXEC_MARKER);
    }
}
