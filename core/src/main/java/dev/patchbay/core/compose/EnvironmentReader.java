package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.DotEnv;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.refusal.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the environment of a service from `env_file:`, in order, and then from `environment:`; later
/// values replace earlier ones.
///
/// @param environment the command's own environment
/// @param notes gets one for each missing file that is optional
record EnvironmentReader(Map<String, String> environment, SiblingFiles siblingFiles, List<String> notes) {
    private static final String RAW = "raw";

    /// The files beside a Compose file.
    @FunctionalInterface
    interface SiblingFiles {
        /// The text of the file; null if there is none.
        @Nullable
        String read(String path) throws RefusedException;
    }

    /// @return `NAME=value` lines
    List<String> read(ComposeFields service) throws RefusedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (YamlElement file : files(service)) {
            values.putAll(variables(file));
        }
        for (Map.Entry<String, @Nullable String> pair :
                service.pairs("environment").entrySet()) {
            // A name without a value takes the value of the command's own environment, or is left out.
            String value = pair.getValue() == null ? environment.get(pair.getKey()) : pair.getValue();
            if (value != null) {
                values.put(pair.getKey(), value);
            }
        }
        List<String> lines = new ArrayList<>();
        values.forEach((name, value) -> lines.add(name + "=" + value));
        return lines;
    }

    private static List<YamlElement> files(ComposeFields service) throws RefusedException {
        return service.get("env_file") instanceof YamlElement.Scalar single
                ? List.of(single)
                : service.items("env_file");
    }

    private Map<String, String> variables(YamlElement file) throws RefusedException {
        if (!(file instanceof YamlElement.Mapping)) {
            return DotEnv.read(required(ComposeFields.text(file), file));
        }
        ComposeFields fields = ComposeKeys.ENV_FILE.check(file, notes);
        String path = fields.text("path");
        if (path == null) {
            throw ComposeRefusals.invalid(file.location(), "it has no path");
        }
        String format = fields.text("format");
        if (format != null && !format.equals(RAW)) {
            throw ComposeRefusals.invalid(file.location(), "its format must be " + RAW + ", or left out");
        }
        String text = fields.get("required") == null || fields.flag("required")
                ? required(path, file)
                : siblingFiles.read(path);
        if (text == null) {
            notes.add("not there: " + path + ", which is " + file.location().path());
            return Map.of();
        }
        return format == null ? DotEnv.read(text) : DotEnv.readRaw(text);
    }

    private String required(String path, YamlElement file) throws RefusedException {
        String text = siblingFiles.read(path);
        if (text == null) {
            throw ComposeRefusals.invalid(file.location(), "env file " + path + " not found");
        }
        return text;
    }
}
