package dev.patchbay.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/// What the session with two web servers looks like.
final class SeedSession {
    /// Containers of a network, which Docker and Patchbay list by id, are put in the order of their names.
    private static final Pattern WEB02_FIRST = Pattern.compile(
            "(\"<id>\": \\{\\s+\"Name\": \"web02\"[^}]*\\}),(\\s+)(\"<id>\": \\{\\s+\"Name\": \"web01\"[^}]*\\})");

    private SeedSession() {}

    /// Ids, times and numbers of processes and packets set aside.
    static String shape(String transcript) {
        String text = transcript
                .replaceAll("\\b[0-9a-f]{64}\\b", "<id>")
                .replaceAll("\\b[0-9a-f]{12}\\b", "<id>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("\\b(Less than a second|\\d+ seconds?)", "<time>")
                .replaceAll("\"Pid\": \\d+", "\"Pid\": <pid>")
                .replaceAll("<time>( ago)? +", "<time>$1   ")
                .replaceAll("CREATED +STATUS +PORTS", "CREATED   STATUS   PORTS")
                .replaceAll("(?m)^ *\\d+ +\\d+ (?=[A-Z-]+ )", "    n     n ")
                .replaceAll("\\d+ packets, \\d+ bytes", "n packets, n bytes")
                .replaceAll("(?m)^\\d+: (patchbay0: .*)$", "n: $1")
                .replaceAll("[ \\t]+(?=\\n)", "");
        return WEB02_FIRST.matcher(text).replaceAll("$3,$2$1");
    }

    static String expected() throws IOException {
        try (var in = Objects.requireNonNull(SeedSession.class.getResourceAsStream("seed-session.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
