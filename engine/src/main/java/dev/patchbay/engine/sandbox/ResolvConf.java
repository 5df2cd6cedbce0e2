package dev.patchbay.engine.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A `resolv.conf`, parsed as Docker does.
record ResolvConf(List<String> lines) {
    private static final Path HOST_FILE = Path.of("/etc/resolv.conf");
    private static final String LOOPBACK_SERVER = "\\s*nameserver\\s+(127\\.|::1\\b).*";

    ResolvConf {
        lines = List.copyOf(lines);
    }

    static ResolvConf readHost() throws IOException {
        return new ResolvConf(Files.isReadable(HOST_FILE) ? Files.readAllLines(HOST_FILE) : List.of());
    }

    String text() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    String withoutLoopback() {
        return new ResolvConf(lines.stream()
                        .filter(line -> !line.matches(LOOPBACK_SERVER))
                        .toList())
                .text();
    }

    List<String> servers() {
        List<String> servers = new ArrayList<>();
        for (String line : lines) {
            List<String> words = words(line);
            if (words.size() > 1 && words.getFirst().equals("nameserver")) {
                servers.add(words.get(1));
            }
        }
        return servers;
    }

    List<String> search() {
        return lastValues("search");
    }

    List<String> options() {
        return lastValues("options");
    }

    /// Of several lines with this keyword the last one counts.
    private List<String> lastValues(String keyword) {
        List<String> values = List.of();
        for (String line : lines) {
            List<String> words = words(line);
            if (!words.isEmpty() && words.getFirst().equals(keyword)) {
                values = words.subList(1, words.size());
            }
        }
        return values;
    }

    private static List<String> words(String line) {
        String uncommented = line.replaceFirst("[#;].*", "").strip();
        return uncommented.isEmpty() ? List.of() : List.of(uncommented.split("\\s+"));
    }

    /// In Docker's order; a search for only `.` means none.
    static String text(List<String> servers, List<String> search, List<String> options) {
        StringBuilder text = new StringBuilder();
        if (!search.isEmpty() && !search.equals(List.of("."))) {
            text.append("search ").append(String.join(" ", search)).append('\n');
        }
        servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!options.isEmpty()) {
            text.append("options ").append(String.join(" ", options)).append('\n');
        }
        return text.toString();
    }
}
