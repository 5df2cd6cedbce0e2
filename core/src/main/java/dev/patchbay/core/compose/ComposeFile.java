package dev.patchbay.core.compose;

import dev.patchbay.core.compose.text.DotEnv;
import dev.patchbay.core.mistake.ComposeMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Compose file on disk.
///
/// Variables come from the environment, else from the file `.env` beside it. The name of the project is the one asked
/// for, else `COMPOSE_PROJECT_NAME`, else what the file says, else that of its directory.
public final class ComposeFile {
    private static final String PROJECT_NAME = "COMPOSE_PROJECT_NAME";
    private static final String PROFILES = "COMPOSE_PROFILES";
    private static final long LONGEST = 1 << 20;

    private ComposeFile() {}

    /// @param projectName null leaves it to the file
    public static Reading read(Path file, Map<String, String> environment, @Nullable String projectName) {
        try {
            Path whole = file.toAbsolutePath().normalize();
            String text = text(whole);
            Map<String, String> variables = variables(whole, environment);
            String name = projectName == null ? variables.get(PROJECT_NAME) : projectName;
            return new Reading.Read(new ProjectReader(
                            whole.getFileName().toString(),
                            variables,
                            variables.getOrDefault(PROFILES, ""),
                            path -> beside(whole, path))
                    .read(text, name, directoryName(whole)));
        } catch (Mistake mistake) {
            return new Reading.Refused(mistake.refusal());
        }
    }

    private static String text(Path file) throws Mistake {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LONGEST) {
                throw ComposeMistakes.unreadable(file.toString(), "it is longer than a megabyte");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw ComposeMistakes.unreadable(file.toString(), "it is not a text in UTF-8");
        } catch (IOException e) {
            // Some reasons begin with the file, some do not have it.
            String reason = EngineException.reason(e);
            String prefix = file + ": ";
            throw ComposeMistakes.unreadable(
                    file.toString(), reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason);
        }
    }

    private static @Nullable String beside(Path file, String path) throws Mistake {
        try {
            Path other = file.resolveSibling(path);
            return Files.isRegularFile(other) ? text(other) : null;
        } catch (InvalidPathException e) {
            throw ComposeMistakes.unreadable(path, "it is no name of a file");
        }
    }

    private static Map<String, String> variables(Path file, Map<String, String> environment) throws Mistake {
        Path beside = file.resolveSibling(".env");
        Map<String, String> variables = new HashMap<>();
        if (Files.isRegularFile(beside)) {
            variables.putAll(DotEnv.read(text(beside)));
        }
        variables.putAll(environment);
        return variables;
    }

    /// The directory's name as far as it can be a project's.
    private static String directoryName(Path file) {
        Path directory = file.getParent();
        Path name = directory == null ? null : directory.getFileName();
        String plain = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }
}
