package dev.patchbay.engine.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

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

    /// Asks the command to end and, when it has not after `grace`, kills it with everything in the sandbox.
    ///
    /// As Docker's: the request is SIGTERM to pid 1, which the kernel drops when pid 1 has no handler for it; such
    /// a command runs the full grace and ends with 137. Returns at once, with [#exit].
    CompletionStage<Integer> stop(Duration grace);

    /// Kills every process of the sandbox.
    CompletionStage<Integer> kill();
}
