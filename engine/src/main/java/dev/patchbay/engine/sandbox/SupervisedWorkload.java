package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.os.ProcessIdentity;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/// A running command with its supervisor, started by this helper or an earlier one.
///
/// A stopped supervisor neither reaps its command nor ends. So the command is checked as well; a
/// supervisor that stays after it gets SIGCONT, and is killed when that does not help.
public final class SupervisedWorkload {
    /// The exit code when the end of a command is unknown, as Docker\'s after a crash of its daemon.
    public static final int UNKNOWN_EXIT = 255;

    private static final System.Logger LOG = System.getLogger(SupervisedWorkload.class.getName());

    /// A supervisor ends right after its command, unless it was stopped.
    private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(2);

    /// A killed command and its supervisor end at once, unless a system call holds one of them.
    private static final Duration KILL_LIMIT = Duration.ofSeconds(15);

    private static final Duration IDLE_POLL = Duration.ofSeconds(5);
    private static final Duration STOP_POLL = Duration.ofMillis(50);

    private final ProcessIdentity supervisor;
    private final ProcessIdentity init;
    private final Instant startedAt;
    private final SandboxFiles files;
    private final AtomicBoolean concluded = new AtomicBoolean();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    SupervisedWorkload(SandboxFiles files, ProcessIdentity supervisor, ProcessIdentity init) throws EngineException {
        this.supervisor = supervisor;
        this.init = init;
        this.files = files;
        this.startedAt = files.startedAt();
        pollExit(IDLE_POLL);
        // A supervisor ends after the command, unless it was killed; then this waits for the command
        // itself.
        supervisor.onExit().thenRun(() -> pollExit(IDLE_POLL));
    }

    /// Polls until the command has ended.
    private void pollExit(Duration pause) {
        if (exit.isDone()) {
            return;
        }
        if (init.isAlive()) {
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> pollExit(pause));
        } else if (!concluded.getAndSet(true)) {
            Thread.ofVirtual().name("supervisor-end").start(this::conclude);
        }
    }

    private void conclude() {
        try {
            endSupervisor(supervisor);
            exit.complete(exitCode(files));
        } catch (EngineException e) {
            exit.completeExceptionally(e);
        }
    }

    /// Waits for the end of a supervisor whose command has ended.
    ///
    /// @throws EngineException when it does not end although it was killed
    static void endSupervisor(ProcessIdentity supervisor) throws EngineException {
        if (!supervisor.awaitExit(SUPERVISOR_LIMIT)) {
            LOG.log(
                    Level.WARNING,
                    "supervisor {0} did not end with its command and is made to go on",
                    Long.toString(supervisor.pid()));
            // SIGCONT lets it record how its command ended.
            supervisor.resume();
            if (!supervisor.awaitExit(SUPERVISOR_LIMIT)) {
                supervisor.killAndAwaitExit();
            }
        }
    }

    private static int exitCode(SandboxFiles files) {
        try {
            return files.exitCode().orElse(UNKNOWN_EXIT);
        } catch (EngineException | NumberFormatException e) {
            return UNKNOWN_EXIT;
        }
    }

    /// The sandbox's pid 1, in the helper's pid namespace.
    public long pid() {
        return init.pid();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /// Completes with the exit code when the last process of the sandbox has ended; 128 + n after signal
    /// n.
    public CompletionStage<Integer> exit() {
        return exit.minimalCompletionStage();
    }

    /// Asks the command to end and, after its stop timeout, kills it with everything in the sandbox.
    ///
    /// The request is a signal to pid 1. The kernel drops SIGTERM when pid 1 has no handler. Docker then
    /// waits the full timeout in vain; here such a command is killed at once. The exit code is 137 in
    /// both cases. Returns at once, with [#exit].
    ///
    /// @param sent called with each signal when it is sent, on any thread
    public CompletionStage<Integer> stop(StopMode how, IntConsumer sent) {
        if (how.signal() == StopMode.SIGTERM) {
            sent.accept(StopMode.SIGTERM);
        }
        CompletableFuture<Integer> stopped = exit.copy();
        pollExit(STOP_POLL);
        if (how.signal() == StopMode.SIGKILL) {
            kill(sent, stopped);
            return stopped;
        }
        // The kernel drops a SIGTERM to the pid 1 of a namespace without a handler, so waiting would be
        // in vain.
        new SignalReadiness(init, startedAt, StopMode.SIGTERM).handlesSignal().thenAccept(hears -> {
            if (!hears) {
                kill(sent, stopped);
            } else {
                try {
                    init.terminate();
                } catch (EngineException e) {
                    stopped.completeExceptionally(e);
                }
            }
        });
        if (how.graceSeconds() >= 0) {
            exit.copy().orTimeout(how.graceSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
                kill(sent, stopped);
                return UNKNOWN_EXIT;
            });
        }
        return stopped;
    }

    /// @param stopped completes exceptionally when the command does not end
    private void kill(IntConsumer sent, CompletableFuture<Integer> stopped) {
        sent.accept(StopMode.SIGKILL);
        try {
            init.kill();
        } catch (EngineException e) {
            stopped.completeExceptionally(e);
            return;
        }
        CompletableFuture.delayedExecutor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> stopped.completeExceptionally(new EngineException(
                        "stop the command",
                        "process " + init.pid() + " does not end although it was killed; a stopped process that was"
                                + " started in its container may hold it")));
    }

    /// Sends a signal to pid 1 of the sandbox; false when it has ended. Right after its start this
    /// waits, at most five seconds, until the command has set its handlers.
    ///
    /// @param sent called with the signal before it is sent
    public boolean signal(int signal, IntConsumer sent) throws EngineException {
        if (signal != StopMode.SIGKILL) {
            new SignalReadiness(init, startedAt, signal).handlesSignal().join();
        }
        sent.accept(signal);
        return init.signal(signal);
    }

    /// Kills every process of the sandbox.
    public CompletionStage<Integer> kill() {
        return stop(StopMode.KILL, _ -> {});
    }
}
