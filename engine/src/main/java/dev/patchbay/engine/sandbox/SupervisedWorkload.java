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

/// A command whose supervisor runs, started by this helper or by one before it.
///
/// A supervisor that somebody has stopped neither reaps its command nor ends. So the command is looked at as well,
/// and a supervisor that stays behind it is made to go on, and killed when that does not help.
public final class SupervisedWorkload {
    /// Exit code of a command of whose end nothing is known, as Docker\'s after a crash of its daemon.
    public static final int UNKNOWN_EXIT = 255;

    private static final System.Logger LOG = System.getLogger(SupervisedWorkload.class.getName());

    /// A supervisor ends right after its command, unless somebody has stopped it.
    private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(2);

    /// A killed command and its supervisor end at once unless the kernel holds one of them.
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
        // A supervisor ends after the command, unless somebody killed it; then the command itself is waited for.
        supervisor.onExit().thenRun(() -> pollExit(IDLE_POLL));
    }

    /// Looks again and again until the command has ended.
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

    /// Waits until a supervisor has ended whose command has.
    ///
    /// @throws EngineException when it does not end although it was killed
    static void endSupervisor(ProcessIdentity supervisor) throws EngineException {
        if (!supervisor.awaitExit(SUPERVISOR_LIMIT)) {
            LOG.log(
                    Level.WARNING,
                    "supervisor {0} did not end with its command and is made to go on",
                    Long.toString(supervisor.pid()));
            // So it can still write down how its command ended.
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

    /// The sandbox's pid 1, as seen in the helper's pid namespace.
    public long pid() {
        return init.pid();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /// Completed with the exit code when the last process of the sandbox is gone; 128 + n after signal n.
    public CompletionStage<Integer> exit() {
        return exit.minimalCompletionStage();
    }

    /// Tells the command to end and, when it has not after its grace, kills it with everything in the sandbox.
    ///
    /// The request is a signal to pid 1. The kernel drops SIGTERM when pid 1 has no handler: Docker then waits
    /// the full grace for nothing, here such a command is killed at once; 137 either way. Returns at once, with
    /// [#exit].
    ///
    /// @param sent told each signal when it is sent, on any thread
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
        // The kernel drops a SIGTERM to the pid 1 of a namespace that has no handler for it: waiting would be in
        // vain.
        new SignalReadiness(init, startedAt, StopMode.SIGTERM).handlesSignal().thenAccept(hears -> {
            if (!hears) {
                kill(sent, stopped);
            } else {
                init.terminate();
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

    /// @param stopped completed exceptionally when the command does not end for all that
    private void kill(IntConsumer sent, CompletableFuture<Integer> stopped) {
        sent.accept(StopMode.SIGKILL);
        init.kill();
        CompletableFuture.delayedExecutor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> stopped.completeExceptionally(new EngineException(
                        "stop the command",
                        "process " + init.pid() + " does not end although it was killed; a stopped process that was"
                                + " started in its container may hold it")));
    }

    /// Sends pid 1 of the sandbox a signal; false when it has ended. Right after its start this waits until the
    /// command has set its handlers, or does not seem to: five seconds at most.
    ///
    /// @param sent told the signal before it is sent
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
