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
    private static final Duration LONGEST_BEGINNING = Duration.ofSeconds(5);

    private static final Executor SOON = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
    /// So often in a row must a command be seen waiting: it may have waited for a lock.
    private static final int LOOKS = 3;

    /// Completed with whether it has a handler for the signal, as soon as that is certain.
    CompletableFuture<Boolean> hears() {
        return look(0);
    }

    private CompletableFuture<Boolean> look(int seenWaiting) {
        if (init.catches(signal)) {
            // Of the command itself: a program of the chain that has a handler would lose it with its `exec`.
            if (hasBegun()) {
                return CompletableFuture.completedFuture(true);
            }
        } else if (seenWaiting >= LOOKS || !init.isAlive() || isOld()) {
            return CompletableFuture.completedFuture(false);
        }
        int waiting = hasBegun() && init.isWaiting() ? seenWaiting + 1 : 0;
        return CompletableFuture.supplyAsync(() -> waiting, SOON).thenCompose(this::look);
    }

    private boolean isOld() {
        return startedAt.plus(LONGEST_BEGINNING).isBefore(Instant.now());
    }

    private boolean hasBegun() {
        return isOld() || !init.commandLine().contains(SandboxCommand.LAST_OF_CHAIN);
    }
}
