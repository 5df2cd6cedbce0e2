package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.os.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// When pid 1 of a sandbox can be sent a signal. Between its start and the handler that its command sets for it lie a
/// chain of programs and the command's own beginning, and the kernel drops a signal that comes there.
///
/// @param init pid 1 of the sandbox
record SignalReadiness(ProcessIdentity init, Instant startedAt, int signal) {
    /// What a command that is still busy and has no handler by then is taken to be: deaf.
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(5);

    private static final Executor POLL_EXECUTOR = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
    /// So often in a row must a command be seen waiting: it may have waited for a lock.
    private static final int SLEEPING_POLLS = 3;

    /// Completed with whether it has a handler for the signal, as soon as that is certain.
    CompletableFuture<Boolean> handlesSignal() {
        return poll(0);
    }

    private CompletableFuture<Boolean> poll(int seenWaiting) {
        if (init.hasHandlerFor(signal)) {
            // Of the command itself: a program of the chain that has a handler would lose it with its `exec`.
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
