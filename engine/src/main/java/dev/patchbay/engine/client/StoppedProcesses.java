package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Continues stopped processes (`kill -STOP`, Ctrl+Z), because a stopped process cannot end.
public final class StoppedProcesses {
    private static final int KILL_SECONDS = 5;

    private StoppedProcesses() {}

    /// Sends SIGCONT to the stopped ones, with the shell's `kill`, because this process has no native
    /// access.
    static void resume(Stream<ProcessIdentity> processes) throws EngineException {
        List<String> stopped = processes
                .filter(ProcessIdentity::isStopped)
                .map(process -> Long.toString(process.pid()))
                .toList();
        if (stopped.isEmpty()) {
            return;
        }
        ProcessIdentity.requireOwnProc("resume stopped processes");
        List<String> words = new ArrayList<>(List.of(Programs.require("sh"), "-c", "kill -CONT \"$@\"", "sh"));
        words.addAll(stopped);
        try {
            Process kill = Programs.builder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw EngineException.of("resume stopped processes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("resume stopped processes", "interrupted", e);
        }
    }

    /// As [#resume], for each `nsenter` that led a process into the Lab whose anchor has this pid.
    /// `nsenter` stops together with its child and then does not reap it, but a pid namespace ends only
    /// when all of its processes are reaped (pid_namespaces(7)).
    public static void resumeNsentersOf(long anchorPid) throws EngineException {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            resume(all.map(handle -> ProcessIdentity.of(handle.pid()))
                    .flatMap(Optional::stream)
                    .filter(process -> isNsenterInto(process.commandLine(), anchorPid)));
        }
    }

    private static boolean isNsenterInto(List<String> words, long anchorPid) {
        return words.size() > 2
                && words.getFirst().endsWith("/nsenter")
                && words.get(1).equals("-t")
                && words.get(2).equals(Long.toString(anchorPid));
    }
}
