package dev.patchbay.engine.status;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The status of a sandbox's command.
///
/// @param pid in the helper's pid namespace, 0 while it does not run
/// @param startedAt of the last start; null when never started
/// @param finishedAt of the last exit; null when it never ended
/// @param error why the last start failed, empty otherwise
/// @param restarting whether it ended and will be restarted
/// @param restartCount number of restarts since a person started it
public record SandboxStatus(
        Id sandbox,
        boolean running,
        long pid,
        int exitCode,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant startedAt,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant finishedAt,
        String error,
        boolean restarting,
        int restartCount) {

    /// Without the reason of a failed start, which may contain the command.
    public SandboxStatus withoutError() {
        return new SandboxStatus(sandbox, running, pid, exitCode, startedAt, finishedAt, "", restarting, restartCount);
    }

    /// Never started yet.
    public static SandboxStatus neverStarted(Id sandbox) {
        return new SandboxStatus(sandbox, false, 0, 0, null, null, "", false, 0);
    }
}
