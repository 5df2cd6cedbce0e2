package dev.patchbay.core.compose.yaml;

/// Where in a file something stands.
///
/// @param line from 1
/// @param column from 1
/// @param path the keys that lead there, as `services.web.ports[0]`
public record SourceLocation(String file, int line, int column, String path) {

    /// The place with another path: an anchor's content stands in one line and is used in several.
    SourceLocation withPath(String otherPath) {
        return new SourceLocation(file, line, column, otherPath);
    }

    /// `compose.yaml:7:13`, as compilers write it and editors follow it.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
