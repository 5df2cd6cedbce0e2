package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// Identifies one process for its whole life, in the caller's pid namespace.
///
/// @param startTime field 22 of `/proc/PID/stat`: clock ticks between boot and the process's start. It
///     stays the same after `exec`.
public record ProcessIdentity(long pid, long startTime) {
    /// The reason for a refusal where [#isProcOwn] is false.
    public static final String FOREIGN_PROC =
            "/proc shows another pid namespace than Patchbay's own, so a pid from there names another process here";

    private static final int SIGCONT = 18;
    private static final int STATE_FIELD = 0;
    private static final int START_TIME_FIELD = 19;
    private static final int POLL_MILLIS = 10;
    /// A killed process ends at once, unless a system call holds it, for example on a failed disk.
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /// Whether `/proc` shows the pid namespace of this process. It does not after `unshare --pid --fork`
    /// or `nsenter -n -m`, and in a container with the host's `/proc`. There a pid that was read from
    /// `/proc` names another process in kill(2), so no signal is sent.
    public static boolean isProcOwn() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            // The pid may be the same number in both namespaces. `NSpid` has one number for each namespace
            // from that of `/proc` to that of the process (proc_pid_status(5)); before Linux 4.1 it is absent.
            return Files.readSymbolicLink(Path.of("/proc/self"))
                            .toString()
                            .equals(Long.toString(ProcessHandle.current().pid()))
                    && status.filter(line -> line.startsWith("NSpid:"))
                            .allMatch(line -> line.split("\\s+").length == 2);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /// @throws EngineException unless [#isProcOwn]
    public static void requireOwnProc(String step) throws EngineException {
        if (!isProcOwn()) {
            throw new EngineException(step, FOREIGN_PROC);
        }
    }

    /// The process that has this pid now; empty for a zombie.
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return statFields(stat)[STATE_FIELD].matches("[ZXx]") ? Optional.empty() : parse(stat);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Parses a line in the format of `/proc/PID/stat`; empty for any other text, for example an
    /// incomplete line.
    public static Optional<ProcessIdentity> parse(String stat) {
        try {
            long pid = Long.parseLong(stat.substring(0, Math.max(0, stat.indexOf(' '))));
            return Optional.of(new ProcessIdentity(pid, Long.parseLong(statFields(stat)[START_TIME_FIELD])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    // The second field is the program's name in brackets, and may contain spaces and brackets.
    private static String[] statFields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /// Sends SIGTERM; false when the process has ended.
    public boolean terminate() throws EngineException {
        requireOwnProc("end process " + pid);
        return handle().map(ProcessHandle::destroy).orElse(false);
    }

    /// Sends a signal; false when the process has ended.
    public boolean signal(int signal) throws EngineException {
        requireOwnProc("send signal " + signal + " to process " + pid);
        if (!isAlive()) {
            return false;
        }
        int result = Libc.kill(Math.toIntExact(pid), signal);
        if (result < 0 && -result != Errno.ESRCH) {
            throw new EngineException(
                    "send signal " + signal + " to process " + pid, Libc.errorText(-result), -result, null);
        }
        return result == 0;
    }

    /// Sends SIGCONT if it is stopped.
    public void resume() throws EngineException {
        if (isStopped()) {
            signal(SIGCONT);
        }
    }

    /// Sends SIGKILL; false when the process has ended.
    public boolean kill() throws EngineException {
        requireOwnProc("end process " + pid);
        return handle().map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /// Whether the process has a handler for the signal; false when it has ended.
    public boolean hasHandlerFor(int signal) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("SigCgt:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigCgt:".length()).strip(), 16))
                    .anyMatch(caught -> (caught >> (signal - 1) & 1) != 0);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /// Whether all its threads are sleeping; false when it has ended.
    public boolean isSleeping() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.allMatch(thread -> {
                try {
                    return statFields(Files.readString(thread.resolve("stat")))[STATE_FIELD].equals("S");
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /// Its program and arguments; empty when it has ended.
    public List<String> commandLine() {
        try {
            return List.of(
                    Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                            .split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Completes when the process has ended, at once when it has already.
    public CompletionStage<ProcessIdentity> onExit() {
        return handle().map(handle -> handle.onExit().thenApply(ended -> this))
                .orElseGet(() -> CompletableFuture.completedFuture(this));
    }

    /// Waits until the process has ended. A zombie counts as ended; a stopped parent does not reap it,
    /// and `ProcessHandle.onExit` would wait for that.
    ///
    /// @return false when it still runs after `limit`
    public boolean awaitExit(Duration limit) throws EngineException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (isAlive()) {
                if (System.nanoTime() >= deadline) {
                    return false;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("wait for process " + pid, "interrupted", e);
        }
    }

    /// Sends SIGKILL and waits until the process has ended.
    ///
    /// @throws EngineException when it does not end
    public void killAndAwaitExit() throws EngineException {
        kill();
        if (!awaitExit(KILL_LIMIT)) {
            throw new EngineException("end process " + pid, "it does not end");
        }
    }

    /// As [#killAndAwaitExit()], after a failure. When the process does not end, `first` is thrown, because
    /// it says what was wrong first; the other failure is added to it as a suppressed one.
    public void killAndAwaitExit(EngineException first) throws EngineException {
        try {
            killAndAwaitExit();
        } catch (EngineException e) {
            first.addSuppressed(e);
            throw first;
        }
    }

    /// Whether SIGSTOP, a terminal or a debugger has stopped it.
    public boolean isStopped() {
        try {
            String[] fields = statFields(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
            return isAlive() && fields[STATE_FIELD].matches("[Tt]");
        } catch (IOException e) {
            return false;
        }
    }

    /// Inode of one of the process's namespaces; empty when it has ended or cannot be inspected.
    ///
    /// @param kind as in `/proc/PID/ns`: `net`, `pid`, `user`
    public OptionalLong namespaceInode(String kind) {
        return inodeOf(Path.of("/proc", Long.toString(pid), "ns", kind));
    }

    /// Inode of one of the caller's own namespaces.
    public static OptionalLong ownNamespaceInode(String kind) {
        return inodeOf(Path.of("/proc/self/ns", kind));
    }

    private static OptionalLong inodeOf(Path link) {
        try {
            return OptionalLong.of((Long) Files.getAttribute(link, "unix:ino"));
        } catch (IOException | SecurityException e) {
            return OptionalLong.empty();
        }
    }

    // The handle remembers the start time that it saw and checks it when it sends a signal. So it is
    // fetched first and compared then.
    private Optional<ProcessHandle> handle() {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return isAlive() ? handle : Optional.empty();
    }
}
