package dev.patchbay.engine.os;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A file with running processes, one JSON object per line. Start times repeat after a reboot, so a file
/// that survives the boot may name another process, if both numbers are equal.
public record PidFile(Path path) {
    /// Also matches two numbers with a space between them, as earlier versions wrote.
    private static final Pattern LINE = Pattern.compile("\\D*(\\d{1,18})\\D+(\\d{1,18})\\D*");

    /// The processes that are alive.
    public List<ProcessIdentity> readAll() {
        try (Stream<String> lines = Files.readString(path).lines()) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new ProcessIdentity(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))))
                    .filter(ProcessIdentity::isAlive)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The first process that is alive.
    public Optional<ProcessIdentity> read() {
        return readAll().stream().findFirst();
    }

    public void write(List<ProcessIdentity> processes) throws EngineException {
        try {
            Files.createDirectories(path.getParent());
            // Written in place: a full disk has no room for a second file, and an incomplete line names
            // no process.
            Files.writeString(
                    path,
                    processes.stream()
                            .map(process -> "{\"pid\":" + process.pid() + ",\"startTime\":" + process.startTime() + "}")
                            .collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw EngineException.of("write " + path, e);
        }
    }

    public void delete() throws EngineException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw EngineException.of("delete " + path, e);
        }
    }
}
