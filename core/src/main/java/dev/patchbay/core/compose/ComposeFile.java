package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.DotEnv;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A Compose file on disk with its override files.
///
/// Variables come from the environment, otherwise from the file `.env` beside it. The name of the
/// project is the given one, otherwise `COMPOSE_PROJECT_NAME`, otherwise that of the file, otherwise
/// that of its directory.
public final class ComposeFile {
    /// The default names of Compose files and of override files, each in the order of the search.
    private static final List<String> DEFAULT_NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    private static final List<String> OVERRIDE_NAMES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    private static final String PROJECT_NAME = "COMPOSE_PROJECT_NAME";
    private static final String PROFILES = "COMPOSE_PROFILES";
    private static final long MAX_BYTES = 1 << 20;

    private ComposeFile() {}

    /// The files of a directory's project: the default Compose file and its override file. Empty when
    /// there is none.
    public static List<Path> defaultFiles(Path directory) {
        return DEFAULT_NAMES.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(ComposeFile::withOverride)
                .orElse(List.of());
    }

    /// This file, and the override file when this one has a default name.
    public static List<Path> withOverride(Path file) {
        Path name = file.getFileName();
        if (name == null || !DEFAULT_NAMES.contains(name.toString())) {
            return List.of(file);
        }
        Optional<Path> override = OVERRIDE_NAMES.stream()
                .map(file::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst();
        return override.map(other -> List.of(file, other)).orElse(List.of(file));
    }

    /// @param files at least one; each later one is merged into the previous ones. Paths are relative to
    ///     the first
    /// @param projectName null for the file's own
    public static ProjectReadResult read(
            List<Path> files, Map<String, String> environment, @Nullable String projectName) {
        try {
            Path whole = files.getFirst().toAbsolutePath().normalize();
            SequencedMap<String, String> texts = new LinkedHashMap<>();
            for (Path file : files) {
                Path absolute = file.toAbsolutePath().normalize();
                Path directory = whole.getParent();
                String name = directory == null
                        ? absolute.toString()
                        : directory.relativize(absolute).toString();
                texts.put(name, text(absolute));
            }
            Map<String, String> variables = variables(whole, environment);
            String name = projectName == null ? variables.get(PROJECT_NAME) : projectName;
            return new ProjectReadResult.Read(
                    new ProjectReader(variables, variables.getOrDefault(PROFILES, ""), path -> readSibling(whole, path))
                            .read(texts, name, directoryName(whole)));
        } catch (RefusedException refused) {
            return new ProjectReadResult.Refused(refused.refusal());
        }
    }

    private static String text(Path file) throws RefusedException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                throw ComposeRefusals.unreadable(file.toString(), "it is longer than a megabyte");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw ComposeRefusals.unreadable(file.toString(), "it is not a text in UTF-8");
        } catch (IOException e) {
            // Some reasons begin with the file name, others lack it.
            String reason = EngineException.reason(e);
            String prefix = file + ": ";
            throw ComposeRefusals.unreadable(
                    file.toString(), reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason);
        }
    }

    private static @Nullable String readSibling(Path file, String path) throws RefusedException {
        try {
            Path other = file.resolveSibling(path);
            return Files.isRegularFile(other) ? text(other) : null;
        } catch (InvalidPathException e) {
            throw ComposeRefusals.unreadable(path, "it is no name of a file");
        }
    }

    private static Map<String, String> variables(Path file, Map<String, String> environment) throws RefusedException {
        Path beside = file.resolveSibling(".env");
        Map<String, String> variables = new HashMap<>();
        if (Files.isRegularFile(beside)) {
            variables.putAll(DotEnv.read(text(beside)));
        }
        variables.putAll(environment);
        return variables;
    }

    /// The directory's name, without characters that a project's name must not have.
    private static String directoryName(Path file) {
        Path directory = file.getParent();
        Path name = directory == null ? null : directory.getFileName();
        String plain = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }
}
