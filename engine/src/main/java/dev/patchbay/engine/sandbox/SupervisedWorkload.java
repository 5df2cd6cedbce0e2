package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.process.ProcessIdentity;
import dev.patchbay.engine.spec.Stopping;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// A command whose supervisor runs, started by this helper or by one before it.
final class SupervisedWorkload implements RunningWorkload {
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
    public CompletionStage<Integer> stop(Stopping how, IntConsumer sent) {
        if (how.signal() == Stopping.SIGTERM) {
            sent.accept(Stopping.SIGTERM);
        }
        if (how.signal() == Stopping.SIGKILL) {
            kill(sent);
            return exit();
        }
        // The kernel drops a SIGTERM to the pid 1 of a namespace that has no handler for it: waiting would be in vain.
        new Readiness(init, startedAt, Stopping.SIGTERM).hears().thenAccept(hears -> {
            if (!hears) {
                kill(sent);
            } else {
                init.terminate();
            }
        });
        if (how.graceSeconds() >= 0) {
            exit.copy().orTimeout(how.graceSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
                kill(sent);
                return UNKNOWN_EXIT;
            });
        }
        return exit();
    }

    private void kill(IntConsumer sent) {
        sent.accept(Stopping.SIGKILL);
        init.kill();
    }

    @Override
    public boolean signal(int signal, IntConsumer sent) throws EngineException {
        if (signal != Stopping.SIGKILL) {
            new Readiness(init, startedAt, signal).hears().join();
        }
        sent.accept(signal);
        return init.signal(signal);
    }

    @Override
    public CompletionStage<Integer> kill() {
        init.kill();
        return exit();
    }
}
