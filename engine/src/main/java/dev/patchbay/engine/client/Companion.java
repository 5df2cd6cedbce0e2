package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.process.ProcessIdentity;
import dev.patchbay.engine.process.Programs;
import dev.patchbay.engine.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A process beside the helper that goes on when whoever started it ends. It is a client of the helper's like any other
/// and has no more rights than the person.
///
/// @param directory of its files: what it has to say, and the [ProcessIdentity] that it writes down itself
/// @param engine address of the engine that it follows: each has one of its own
public record Companion(Path directory, String engine) {
    private static final String PREFIX = "follower-";
    private static final String RECORD = ".json";
    private static final long LONGEST_LOG = 1 << 20;
    private static final int STOP_SECONDS = 10;

    /// Does nothing when it runs.
    ///
    /// @param words its command line
    void start(List<String> words) throws EngineException {
        if (recorded(file(RECORD)).isPresent()) {
            return;
        }
        List<String> line = new ArrayList<>();
        // A session of its own: the terminal that a command runs in is not its own.
        line.add(Programs.require("setsid"));
        line.addAll(words);
        Path log = file(".log");
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            builder(line, log).start();
        } catch (IOException e) {
            throw EngineException.of("start what follows the engine", e);
        }
    }

    private static ProcessBuilder builder(List<String> line, Path log) {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        log.toFile().length() > LONGEST_LOG
                                ? ProcessBuilder.Redirect.to(log.toFile())
                                : ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", Programs.PATH);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    /// Of the calling process, which is the companion.
    public void record() throws IOException {
        Optional<ProcessIdentity> self =
                ProcessIdentity.of(ProcessHandle.current().pid());
        if (self.isPresent()) {
            Files.writeString(file(RECORD), Json.MAPPER.writeValueAsString(self.get()), StandardCharsets.UTF_8);
        }
    }

    /// A file that it alone uses.
    ///
    /// @param kind as `.log`
    public Path file(String kind) {
        UUID name = UUID.nameUUIDFromBytes(engine.getBytes(StandardCharsets.UTF_8));
        return directory.resolve(PREFIX + name + kind);
    }

    /// Ends those of every engine.
    static void endAll(Path directory) throws EngineException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> records = Files.newDirectoryStream(directory, PREFIX + "*" + RECORD)) {
            for (Path record : records) {
                end(recorded(record));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new EngineException("end what follows the engine", String.valueOf(e.getMessage()), e);
        }
    }

    private static void end(Optional<ProcessIdentity> running) {
        if (running.isPresent() && running.get().terminate()) {
            CompletableFuture<ProcessIdentity> gone = running.get().onExit().toCompletableFuture();
            try {
                gone.copy().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                running.get().kill();
                gone.join();
            }
        }
    }

    private static Optional<ProcessIdentity> recorded(Path record) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(record), ProcessIdentity.class))
                    .filter(ProcessIdentity::isAlive);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
