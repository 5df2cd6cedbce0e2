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

/// A file that says which processes run, one JSON object a line. Start times repeat after a reboot: a file that
/// outlives the boot can name a process by mistake only if both numbers are the same.
public record PidFile(Path path) {
    /// Also two numbers with a space between them, as earlier versions wrote.
    private static final Pattern LINE = Pattern.compile("\\D*(\\d{1,18})\\D+(\\d{1,18})\\D*");

    /// Those that are alive.
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

    /// The first one that is alive.
    public Optional<ProcessIdentity> read() {
        return readAll().stream().findFirst();
    }

    public void write(List<ProcessIdentity> processes) throws EngineException {
        try {
            Files.createDirectories(path.getParent());
            // In place: on a full disk there is no room for a second file, and half a line names no process.
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
