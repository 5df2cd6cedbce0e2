package dev.patchbay.engine;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/// Finds the classes of this program.
public final class CodeLocation {
    private static final String JAR_SCHEME = "jar:";
    private static final String ENTRY_SEPARATOR = "!/";

    private CodeLocation() {}

    /// The jar or directory that a class was loaded from.
    ///
    /// It is found with a resource lookup. The code source of a class from an ahead-of-time cache has no
    /// location when the jars are not at the paths where the cache was created (observed with JDK 25),
    /// which is the case in an installed package.
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
