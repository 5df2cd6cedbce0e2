package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts the commands of a host's sandboxes, with their files, one directory each. Thread-safe, but
/// only one thread at a time may handle a sandbox.
public final class WorkloadLauncher {
    private static final long START_SECONDS = 20;
    private static final long SETTLE_SECONDS = 5;

    private final Path directory;

    /// @param directory `sandboxes/` of the Lab, writable by its owner only
    public WorkloadLauncher(Path directory) {
        this.directory = directory;
    }

    /// Writes the sandbox's `hosts`, `hostname` and `resolv.conf`. For a running sandbox they are
    /// rewritten in place, because they are bind-mounted.
    public void prepareFiles(SandboxSpec sandbox, EtcFiles etc) throws EngineException {
        files(sandbox).write(etc);
    }

    /// Why the sandbox's command cannot be run; empty when it can. Starts nothing.
    public Optional<WorkloadStart.Failed> startProblem(SandboxSpec sandbox) {
        return sandbox.workload() instanceof Workload.Command(List<String> words)
                ? CommandLookup.check(words.getFirst(), environment(sandbox).getOrDefault("PATH", ""))
                : Optional.empty();
    }

    /// Starts the command in the network namespace `/run/netns/NAME`, which must exist, as must the
    /// sandbox's files. Returns when the command's own namespaces exist and the command is about to be
    /// executed.
    public WorkloadStart start(SandboxSpec sandbox) throws EngineException {
        Optional<WorkloadStart.Failed> problem = startProblem(sandbox);
        if (problem.isPresent()) {
            return problem.get();
        }
        SandboxFiles files = files(sandbox);
        if (files.init().filter(ProcessIdentity::isAlive).isPresent()) {
            throw new EngineException("start sandbox " + sandbox.id().shortForm(), "it is running");
        }
        files.prepareStart(
                sandbox,
                environment(sandbox).entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
        List<String> command = new SandboxCommand(directory, files, sandbox).words();
        return new WorkloadStart.Running(launch(sandbox, files, command));
    }

    private static SupervisedWorkload launch(SandboxSpec sandbox, SandboxFiles files, List<String> command)
            throws EngineException {
        String step = "start sandbox " + sandbox.id().shortForm();
        ProcessBuilder builder = Programs.builder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(files.supervisorLog().toFile());
        try {
            Process supervisor = builder.start();
            CompletableFuture<Void> limit = CompletableFuture.runAsync(
                    () -> kill(supervisor), CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS));
            try (BufferedReader ready = supervisor.inputReader()) {
                Optional<ProcessIdentity> init =
                        Optional.ofNullable(ready.readLine()).flatMap(ProcessIdentity::parse);
                if (init.isEmpty()) {
                    throw new EngineException(step, files.lastOutput());
                }
                Optional<ProcessIdentity> written = files.supervisor();
                if (written.isEmpty()) {
                    throw new EngineException(step, "its supervisor could not write down its process id");
                }
                return new SupervisedWorkload(files, written.get(), init.get());
            } finally {
                limit.cancel(false);
            }
        } catch (IOException e) {
            throw new EngineException(step, String.valueOf(e.getMessage()), e);
        }
    }

    private static void kill(Process supervisor) {
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly();
    }

    // In Docker's order; the person's variables replace earlier ones.
    private static Map<String, String> environment(SandboxSpec sandbox) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", Programs.PATH);
        environment.put("HOSTNAME", sandbox.hostname());
        if (sandbox.tty()) {
            environment.put("TERM", "xterm");
        }
        for (String line : sandbox.environment()) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        environment.putIfAbsent("HOME", "/root");
        return environment;
    }

    /// Adopts the command of an earlier helper.
    public Adoption adopt(SandboxSpec sandbox) throws EngineException {
        SandboxFiles files = files(sandbox);
        Optional<ProcessIdentity> supervisor = files.supervisor();
        if (supervisor.isEmpty()) {
            return new Adoption.NotFound();
        }
        if (files.init().filter(ProcessIdentity::isAlive).isEmpty()) {
            supervisor.get().resume();
            awaitSettled(supervisor.get());
        }
        Optional<ProcessIdentity> init = files.init().filter(ProcessIdentity::isAlive);
        if (init.isEmpty()) {
            Optional<Integer> exitCode = files.exitCode();
            return exitCode.isPresent()
                    ? new Adoption.Ended(exitCode.get(), files.finishedAt())
                    : new Adoption.NotFound();
        }
        SupervisedWorkload workload = new SupervisedWorkload(files, supervisor.get(), init.get());
        OptionalLong namespace = netnsInode(sandbox);
        return namespace.isPresent() && namespace.equals(init.get().namespaceInode("net"))
                ? new Adoption.Running(workload)
                : new Adoption.WrongNetns(workload);
    }

    // A supervisor without a pid 1 is about to start it or about to end; both take milliseconds.
    private static void awaitSettled(ProcessIdentity supervisor) throws EngineException {
        String step = "wait for supervisor " + supervisor.pid();
        try {
            supervisor.onExit().toCompletableFuture().get(SETTLE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // It started its command meanwhile; the caller checks again.
            return;
        } catch (ExecutionException e) {
            throw new EngineException(step, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(step, "interrupted", e);
        }
    }

    private static OptionalLong netnsInode(SandboxSpec sandbox) {
        if (sandbox.usesHostNetwork()) {
            return ProcessIdentity.ownNamespaceInode("net");
        }
        try {
            return OptionalLong.of((Long) Files.getAttribute(NetnsName.path(sandbox.netnsName()), "unix:ino"));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /// The file with the command's output, both streams. It is kept over restarts until it is longer
    /// than 1 MiB.
    public Path log(SandboxSpec sandbox) {
        return files(sandbox).log();
    }

    /// Part of [#log].
    ///
    /// @param end where the next part begins
    public record LogPart(ByteBuffer bytes, long end) {}

    /// @param limit of the part, in bytes
    /// @param from position of the first byte; a negative one counts from the end
    public LogPart readLog(SandboxSpec sandbox, long from, int limit) throws EngineException {
        Path log = log(sandbox);
        if (!Files.exists(log)) {
            return new LogPart(ByteBuffer.allocate(0), 0);
        }
        try (FileChannel channel = FileChannel.open(log)) {
            long start = from < 0 ? Math.max(0, channel.size() + from) : Math.min(from, channel.size());
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(limit, channel.size() - start));
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {}
            long end = start + bytes.position();
            return new LogPart(bytes.flip(), end);
        } catch (IOException e) {
            throw EngineException.of("read " + log, e);
        }
    }

    /// Deletes the sandbox's files. The command must have ended.
    public void remove(SandboxSpec sandbox) throws EngineException {
        SandboxFiles files = files(sandbox);
        if (files.init().filter(ProcessIdentity::isAlive).isPresent()) {
            throw new EngineException(
                    "delete the files of sandbox " + sandbox.id().shortForm(), "it is running");
        }
        files.delete();
    }

    private SandboxFiles files(SandboxSpec sandbox) {
        return new SandboxFiles(directory.resolve(sandbox.id().shortForm()));
    }
}
