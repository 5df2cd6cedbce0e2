package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.DotEnv;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the environment of a service: of its `env_file:`s, each before the next, and before all of `environment:`.
///
/// @param own the command's own environment
/// @param notes one is added for each file that is not there and need not be
record EnvironmentReader(Map<String, String> own, Beside beside, List<String> notes) {
    private static final String RAW = "raw";

    /// The files beside a Compose file.
    @FunctionalInterface
    interface Beside {
        /// The text of the file; null if there is none.
        @Nullable
        String read(String path) throws Mistake;
    }

    /// @return `NAME=value` lines
    List<String> read(Fields service) throws Mistake {
        Map<String, String> values = new LinkedHashMap<>();
        for (Element file : files(service)) {
            values.putAll(variables(file));
        }
        for (Map.Entry<String, @Nullable String> pair :
                service.pairs("environment").entrySet()) {
            // A name without a value takes that of the command's own environment, or is left out.
            String value = pair.getValue() == null ? own.get(pair.getKey()) : pair.getValue();
            if (value != null) {
                values.put(pair.getKey(), value);
            }
        }
        List<String> lines = new ArrayList<>();
        values.forEach((name, value) -> lines.add(name + "=" + value));
        return lines;
    }

    private static List<Element> files(Fields service) throws Mistake {
        return service.get("env_file") instanceof Element.Scalar single ? List.of(single) : service.items("env_file");
    }

    private Map<String, String> variables(Element file) throws Mistake {
        if (!(file instanceof Element.Mapping)) {
            return DotEnv.read(required(Fields.text(file), file));
        }
        Fields fields = Keys.ENV_FILE.check(file, notes);
        String path = fields.text("path");
        if (path == null) {
            throw ComposeMistakes.invalid(file.place(), "it has no path");
        }
        String format = fields.text("format");
        if (format != null && !format.equals(RAW)) {
            throw ComposeMistakes.invalid(file.place(), "its format must be " + RAW + ", or left out");
        }
        String text =
                fields.get("required") == null || fields.flag("required") ? required(path, file) : beside.read(path);
        if (text == null) {
            notes.add("not there: " + path + ", which is " + file.place().path());
            return Map.of();
        }
        return format == null ? DotEnv.read(text) : DotEnv.raw(text);
    }

    private String required(String path, Element file) throws Mistake {
        String text = beside.read(path);
        if (text == null) {
            throw ComposeMistakes.invalid(file.place(), "env file " + path + " not found");
        }
        return text;
    }
}
