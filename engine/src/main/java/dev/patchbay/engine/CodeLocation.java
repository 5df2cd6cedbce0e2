package dev.patchbay.engine;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/// Where the classes of this program are.
public final class CodeLocation {
    private static final String JAR_SCHEME = "jar:";
    private static final String ENTRY_SEPARATOR = "!/";

    private CodeLocation() {}

    /// The jar, or the directory, that a class is loaded from.
    ///
    /// It is looked for as a resource is. The code source of a class from an ahead-of-time cache has no location
    /// where the jars that the cache was made with are not at their old place as well (seen of JDK 25), which is so
    /// wherever the package is installed.
    public static Path of(Class<?> type) throws EngineException {
        String name = type.getName().replace('.', '/') + ".class";
        URL found = type.getResource("/" + name);
        if (found == null) {
            throw new EngineException("find the program's classes", "no place for " + type.getName());
        }
        String place = found.toString();
        String root = place.substring(0, place.length() - name.length());
        return Path.of(URI.create(
                root.startsWith(JAR_SCHEME)
                        ? root.substring(JAR_SCHEME.length(), root.length() - ENTRY_SEPARATOR.length())
                        : root));
    }
}
