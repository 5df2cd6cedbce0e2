package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.StopMode;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/// A sandbox's command that was started or adopted. May be used from any thread.
public interface RunningWorkload {
    /// Exit code of a command of whose end nothing is known, as Docker's after a crash of its daemon.
    int UNKNOWN_EXIT = 255;

    /// The sandbox's pid 1, as seen in the helper's pid namespace.
    long pid();

    /// The shell that waits for it, in the helper's pid namespace.
    long supervisorPid();

    Instant startedAt();

    /// Completed with the exit code when the last process of the sandbox is gone; 128 + n after signal n.
    CompletionStage<Integer> exit();

    /// Tells the command to end and, when it has not after its grace, kills it with everything in the sandbox.
    ///
    /// The request is a signal to pid 1. The kernel drops SIGTERM when pid 1 has no handler: Docker then waits
    /// the full grace for nothing, here such a command is killed at once; 137 either way. Returns at once, with
    /// [#exit].
    ///
    /// @param sent told each signal when it is sent, on any thread
    CompletionStage<Integer> stop(StopMode how, IntConsumer sent);

    /// Sends pid 1 of the sandbox a signal; false when it has ended. Right after its start this waits until the
    /// command has set its handlers, or does not seem to: five seconds at most.
    ///
    /// @param sent told the signal before it is sent
    boolean signal(int signal, IntConsumer sent) throws EngineException;

    /// Kills every process of the sandbox.
    CompletionStage<Integer> kill();
}
