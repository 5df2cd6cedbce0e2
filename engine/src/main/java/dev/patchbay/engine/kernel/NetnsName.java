package dev.patchbay.engine.kernel;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Names of network namespaces as `ip netns` has them: bind mounts in [#DIRECTORY].
public final class NetnsName {
    public static final Path DIRECTORY = Path.of("/run/netns");

    /// The namespace that represents the outside in a Lab.
    public static final String OUTSIDE = "outside";

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    private NetnsName() {}

    /// @throws IllegalArgumentException for an invalid name, which could lead out of the directory
    public static Path path(String name) {
        if (!PATTERN.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid namespace name: " + name);
        }
        return DIRECTORY.resolve(name);
    }
}
