package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.process.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A command whose supervisor runs, started by this helper or by one before it.
final class SupervisedWorkload implements RunningWorkload {
    private static final int SIGTERM = 15;

    private final ProcessIdentity supervisor;
    private final ProcessIdentity init;
    private final Instant startedAt;
    private final CompletableFuture<Integer> exit;

    SupervisedWorkload(SandboxFiles files, ProcessIdentity supervisor, ProcessIdentity init) throws EngineException {
        this.supervisor = supervisor;
        this.init = init;
        this.startedAt = files.startedAt();
        // A supervisor ends after the command, unless somebody killed it; then the command itself is waited for.
        this.exit = supervisor
                .onExit()
                .thenCompose(ended -> init.onExit())
                .thenApply(ended -> exitCode(files))
                .toCompletableFuture();
    }

    private static int exitCode(SandboxFiles files) {
        try {
            return files.exitCode().orElse(UNKNOWN_EXIT);
        } catch (EngineException | NumberFormatException e) {
            return UNKNOWN_EXIT;
        }
    }

    @Override
    public long pid() {
        return init.pid();
    }

    @Override
    public long supervisorPid() {
        return supervisor.pid();
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public CompletionStage<Integer> exit() {
        return exit.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Integer> stop(Duration grace) {
        // The kernel drops a SIGTERM to the pid 1 of a namespace that has no handler for it: waiting would be in vain.
        if (!init.catches(SIGTERM)) {
            init.kill();
        } else if (init.terminate()) {
            exit.copy().orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
                init.kill();
                return UNKNOWN_EXIT;
            });
        }
        return exit();
    }

    @Override
    public CompletionStage<Integer> kill() {
        init.kill();
        return exit();
    }
}
