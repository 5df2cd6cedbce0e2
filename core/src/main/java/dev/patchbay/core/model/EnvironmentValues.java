package dev.patchbay.core.model;

import java.util.List;

/// Values of environment variables, which are often passwords.
public final class EnvironmentValues {
    private EnvironmentValues() {}

    /// The lines as Docker's `-e` takes a value from its own environment: the names alone. An empty value stays, since
    /// it tells nothing.
    ///
    /// @param lines `NAME=value`, or `NAME`
    public static List<String> hidden(List<String> lines) {
        return lines.stream()
                .map(line -> line.endsWith("=") ? line : line.split("=", 2)[0])
                .toList();
    }
}
