package dev.patchbay.engine.kernel;

import java.util.Set;
import java.util.regex.Pattern;

/// The names of links that a record may have. Such a name becomes part of paths below `/proc/sys/net`
/// and of displayed command lines, so fewer characters are allowed than in the kernel
/// (`dev_valid_name`).
public final class LinkName {
    /// `IFNAMSIZ` is 16 with its final NUL.
    public static final int MAX_LENGTH = 15;

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0," + (MAX_LENGTH - 1) + "}");

    /// In `/proc/sys/net/*/conf` the first two stand for all present links and all later ones
    /// (`ip-sysctl.rst`). We never change the loopback.
    private static final Set<String> RESERVED = Set.of("all", "default", "lo");

    private LinkName() {}

    public static boolean isValid(String name) {
        return PATTERN.matcher(name).matches() && !RESERVED.contains(name);
    }

    /// @param purpose of the link, as `bridge`, for the sentence
    /// @throws IllegalArgumentException when a record may not have this name
    public static void require(String name, String purpose) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a name for a " + purpose + ": "
                    + (name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "... (too long)" : name));
        }
    }
}
