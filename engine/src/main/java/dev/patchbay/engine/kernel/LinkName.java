package dev.patchbay.engine.kernel;

import java.util.Set;
import java.util.regex.Pattern;

/// Which names of links a record may hold. Such a name becomes part of a path below `/proc/sys/net` and of command
/// lines that are shown, so it is narrower than what the kernel takes (`dev_valid_name`).
public final class LinkName {
    /// `IFNAMSIZ` is 16 with its closing NUL.
    public static final int MAX_LENGTH = 15;

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0," + (MAX_LENGTH - 1) + "}");

    /// Below `/proc/sys/net/*/conf` the first two stand for every link that there is and for every later one
    /// (`ip-sysctl.rst`). The loopback is never ours to change.
    private static final Set<String> RESERVED = Set.of("all", "default", "lo");

    private LinkName() {}

    public static boolean isValid(String name) {
        return PATTERN.matcher(name).matches() && !RESERVED.contains(name);
    }

    /// @param purpose of the link, as `bridge`, for the sentence
    /// @throws IllegalArgumentException when no record may hold the name
    public static void require(String name, String purpose) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a name for a " + purpose + ": "
                    + (name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "... (too long)" : name));
        }
    }
}
