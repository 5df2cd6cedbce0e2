package dev.patchbay.app.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.cli.template.Template;
import dev.patchbay.app.cli.template.TemplateException;
import dev.patchbay.engine.Refusal;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A `--format` of a command.
public final class OutputFormat {
    private final Template template;

    private OutputFormat(Template template) {
        this.template = template;
    }

    /// Reads the template; `json` alone means the whole document.
    public static OutputFormat of(String text) throws UsageException {
        String template = text.equals("json") ? "{{json .}}" : text;
        try {
            return new OutputFormat(Template.parse(template.replace("\\t", "\t").replace("\\n", "\n")));
        } catch (TemplateException e) {
            throw new UsageException("template parsing error: " + e.sentence());
        }
    }

    public String apply(JsonNode document) throws CommandRefusedException {
        return apply(document, Map.of());
    }

    /// @param functions of the document, by name
    String apply(JsonNode document, Map<String, UnaryOperator<String>> functions) throws CommandRefusedException {
        try {
            return template.apply(document, functions);
        } catch (TemplateException e) {
            throw new CommandRefusedException("template parsing error: ", Refusal.of("template", e.sentence()));
        }
    }
}
