package dev.patchbay.core.host;

/// Which part of what a container's command wrote.
///
/// @param lines how many of the last ones; negative for all
/// @param follow what is written from now on, too, until the container stops
public record LogQuery(int lines, boolean follow) {
    public static final int ALL = -1;
}
