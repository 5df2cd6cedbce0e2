package dev.patchbay.core.host;

/// The requested part of a container's log.
///
/// @param lines number of last lines; negative for all
/// @param follow whether to continue with new output until the container stops
public record LogQuery(int lines, boolean follow) {
    public static final int ALL = -1;
}
