package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.spec.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of one sandbox, in a directory named after its id.
record SandboxFiles(Path directory) {
    private static final String INDEX = "<html><body><h1>It works!</h1></body></html>\n";
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");
    private static final long MAX_LOG = 1 << 20;

    /// As long as any exit code, which `supervise.sh` writes over it.
    private static final String EXIT_PLACEHOLDER = "   \n";

    Path web() {
        return directory.resolve("www");
    }

    Path log() {
        return directory.resolve("log");
    }

    /// The error output of the supervisor.
    Path supervisorLog() {
        return directory.resolve("supervisor.err");
    }

    private Path supervisorRecord() {
        return directory.resolve("supervisor");
    }

    private Path exitRecord() {
        return directory.resolve("exit");
    }

    void write(EtcFiles etc) throws EngineException {
        try {
            Files.createDirectories(directory);
            rewrite(
                    directory.resolve("hosts"),
                    etc.hosts(Files.isReadable(HOST_HOSTS) ? Files.readString(HOST_HOSTS) : ""));
            rewrite(directory.resolve("hostname"), etc.hostname() + "\n");
            rewrite(directory.resolve("resolv.conf"), etc.resolvConf(ResolvConf.readHost()));
        } catch (IOException e) {
            throw failure("write the files of", e);
        }
    }

    // Keeps the inode, because it is bind-mounted into the sandbox, and never makes the file shorter
    // than its new content.
    private static void rewrite(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(channel.position());
        }
    }

    /// Deletes the results of the last start and writes the input of `init.sh` for the next one.
    void prepareStart(SandboxSpec sandbox, List<String> environment) throws EngineException {
        try {
            Files.writeString(exitRecord(), EXIT_PLACEHOLDER);
            Files.deleteIfExists(initRecord());
            Files.deleteIfExists(supervisorRecord());
            if (Files.exists(log()) && Files.size(log()) > MAX_LOG) {
                Files.delete(log());
            }
            // Reversed, because init.sh puts each one before the others.
            String lines = environment.reversed().stream()
                    .map(variable -> "=" + variable.replace("\n", "\n+") + "\n")
                    .collect(Collectors.joining());
            rewrite(directory.resolve("environment"), (sandbox.openStdin() ? "<\n" : "") + lines);
            Files.createDirectories(web());
            rewrite(web().resolve("index.html"), INDEX);
        } catch (IOException e) {
            throw failure("prepare the start of", e);
        }
    }

    private Path initRecord() {
        return directory.resolve("init");
    }

    Optional<ProcessIdentity> supervisor() throws EngineException {
        return line(supervisorRecord()).flatMap(ProcessIdentity::parse);
    }

    Optional<ProcessIdentity> init() throws EngineException {
        return line(initRecord()).flatMap(ProcessIdentity::parse);
    }

    /// The exit code that the supervisor wrote; empty while the command runs, and when the supervisor
    /// was killed.
    Optional<Integer> exitCode() throws EngineException {
        return line(exitRecord())
                .map(String::strip)
                .filter(code -> code.matches("[0-9]{1,3}"))
                .map(Integer::valueOf);
    }

    Instant startedAt() throws EngineException {
        return lastModified(supervisorRecord());
    }

    Instant finishedAt() throws EngineException {
        return lastModified(exitRecord());
    }

    private Instant lastModified(Path file) throws EngineException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw failure("read the state of", e);
        }
    }

    private Optional<String> line(Path file) throws EngineException {
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream().findFirst() : Optional.empty();
        } catch (IOException e) {
            throw failure("read the state of", e);
        }
    }

    /// The last output of the sandbox or its supervisor.
    String lastOutput() {
        return Stream.of(supervisorLog(), log())
                .map(SandboxFiles::lastLine)
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("it exited without output");
    }

    private static String lastLine(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    void delete() throws EngineException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw failure("delete the files of", e);
        }
    }

    private EngineException failure(String step, Exception cause) {
        return new EngineException(
                step + " sandbox " + directory.getFileName(), String.valueOf(cause.getMessage()), cause);
    }
}
