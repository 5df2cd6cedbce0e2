package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.LockFile;
import dev.patchbay.engine.os.PidFile;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process that continues after its starter ends. It is an ordinary client of the helper, with the
/// rights of the person.
///
/// @param directory of its files: its log, and the [ProcessIdentity] that it records itself
/// @param name of those files
/// @param joining the command that enters another machine's network, as `nsenter` and its options; empty
///     for this one
public record BackgroundProcess(Path directory, String name, List<String> joining) {
    /// Little memory, since it may run for long.
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx48m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            // Libraries log through slf4j, which would warn that it has no logger.
            "-Dslf4j.internal.verbosity=ERROR");

    private static final String FOLLOWER_PREFIX = "follower-";
    private static final String DRIVER_NAME = "driver";
    private static final String RECORD_SUFFIX = ".json";
    private static final String LAUNCHING_SUFFIX = ".launching";
    private static final int START_SECONDS = 60;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 10;

    public BackgroundProcess {
        joining = List.copyOf(joining);
    }

    private BackgroundProcess(Path directory, String name) {
        this(directory, name, List.of());
    }

    BackgroundProcess joining(List<String> command) {
        return new BackgroundProcess(directory, name, command);
    }

    /// The process that follows the containers of one engine.
    ///
    /// @param engine its address
    public static BackgroundProcess follower(Path directory, String engine) {
        return new BackgroundProcess(
                directory, FOLLOWER_PREFIX + UUID.nameUUIDFromBytes(engine.getBytes(StandardCharsets.UTF_8)));
    }

    /// The network driver for an engine.
    static BackgroundProcess driver(Path directory) {
        return new BackgroundProcess(directory, DRIVER_NAME);
    }

    /// Whether it has written its record and is alive.
    public boolean isRunning() {
        return record().read().isPresent();
    }

    /// Does nothing when it runs already, or is starting.
    ///
    /// @param main a class of this program, run by this JVM
    public void start(Class<?> main, List<String> arguments) throws EngineException {
        createDirectory();
        // Two clients that start it at once would leave a second process, which waits to take the place of the first.
        try (LockFile _ = LockFile.acquire(file(".start"))) {
            if (!isRunning() && launching().read().isEmpty()) {
                launch(main, arguments);
            }
        }
    }

    /// As [#start], and waits until the process has written its record.
    ///
    /// @throws EngineException when it ends before, with the last line of its log
    public void startAndWait(Class<?> main, List<String> arguments) throws EngineException {
        if (isRunning()) {
            return;
        }
        Launched launched = launch(main, arguments);
        Process process = launched.process();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
                if (isRunning()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new EngineException("start the " + name, lastLogLine(launched) + " (its log is " + log().file() + ")");
    }

    /// @param logStart position in the log where its output begins
    private record Launched(Process process, long logStart) {}

    private Launched launch(Class<?> main, List<String> arguments) throws EngineException {
        // Its record would name another process.
        ProcessIdentity.requireOwnProc("start the " + name);
        List<String> line = new ArrayList<>();
        // A session of its own, so that signals of the terminal do not reach it.
        line.add(Programs.require("setsid"));
        line.addAll(joining);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(JVM_OPTIONS);
        line.add("-cp");
        line.add(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        line.add(main.getName());
        line.addAll(arguments);
        createDirectory();
        try {
            long logBegin = log().startPosition();
            Process process = Programs.backgroundBuilder(line, log().redirect()).start();
            // `setsid` becomes the process, so this is its identity until the end.
            launching().write(ProcessIdentity.of(process.pid()).stream().toList());
            return new Launched(process, logBegin);
        } catch (IOException e) {
            throw EngineException.of("start the " + name, e);
        }
    }

    private void createDirectory() throws EngineException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw EngineException.of("start the " + name, e);
        }
    }

    private String lastLogLine(Launched launched) {
        String line = log().lastLine(launched.logStart());
        return line.isEmpty() ? "it exited without output" : line;
    }

    /// Writes the record of the calling process, which is this background process.
    public void writeRecord() throws EngineException {
        record().write(ProcessIdentity.of(ProcessHandle.current().pid()).stream()
                .toList());
        launching().delete();
    }

    /// Deletes the record before the calling process ends, so that the next client starts another one.
    public void deleteRecord() throws EngineException {
        record().delete();
    }

    public void stop() throws EngineException {
        stop(launching());
        stop(record());
    }

    /// Ends all background processes with files in this directory.
    static void stopAll(Path directory) throws EngineException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        // In this order a process that writes its record meanwhile is found by one of the two.
        stopAll(directory, LAUNCHING_SUFFIX);
        stopAll(directory, RECORD_SUFFIX);
    }

    private static void stopAll(Path directory, String suffix) throws EngineException {
        try (DirectoryStream<Path> records =
                Files.newDirectoryStream(directory, "{" + DRIVER_NAME + "," + FOLLOWER_PREFIX + "*}" + suffix)) {
            for (Path record : records) {
                stop(new PidFile(record));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new EngineException("end the processes beside the helper", String.valueOf(e.getMessage()), e);
        }
    }

    private static void stop(PidFile record) throws EngineException {
        Optional<ProcessIdentity> running = record.read();
        if (running.isPresent()) {
            // A stopped process handles SIGTERM only after SIGCONT.
            StoppedProcesses.resume(running.stream());
            if (running.get().terminate() && !running.get().awaitExit(STOP_LIMIT)) {
                running.get().killAndAwaitExit();
            }
        }
    }

    private PidFile record() {
        return new PidFile(file(RECORD_SUFFIX));
    }

    /// Names the process from its launch until it has written its own record, so that it is ended as well, and not
    /// launched twice.
    private PidFile launching() {
        return new PidFile(file(LAUNCHING_SUFFIX));
    }

    /// A file that only this process uses.
    ///
    /// @param kind as `.log`
    public Path file(String kind) {
        return directory.resolve(name + kind);
    }

    private ProcessLog log() {
        return new ProcessLog(file(".log"));
    }
}
