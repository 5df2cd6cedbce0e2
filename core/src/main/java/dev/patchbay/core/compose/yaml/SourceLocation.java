package dev.patchbay.core.compose.yaml;

/// A location in a file.
///
/// @param line from 1
/// @param column from 1
/// @param path the keys to it, as `services.web.ports[0]`
public record SourceLocation(String file, int line, int column, String path) {

    /// The same location with another path, because the content of an anchor is used in several places.
    SourceLocation withPath(String otherPath) {
        return new SourceLocation(file, line, column, otherPath);
    }

    /// `compose.yaml:7:13`, as compilers write it and editors follow it.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
