package dev.patchbay.app.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.model.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A value of the document with its name.
///
/// @param name the key in an object, the index in an array; empty for the root
/// @param value a scalar as JSON; brackets for an object or array
public record JsonEntry(String name, String value, Kind kind, List<JsonEntry> children) {
    /// A longer value is cut, because its layout would take long and its end is never visible.
    private static final int MAX_LENGTH = 2000;

    public enum Kind {
        TEXT,
        /// Numbers, true, false and null.
        LITERAL,
        BRANCH
    }

    static JsonEntry of(String name, JsonNode node) {
        List<JsonEntry> children = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> children.add(of(field.getKey(), field.getValue())));
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                children.add(of(String.valueOf(children.size()), element));
            }
        }
        if (node.isContainerNode()) {
            String brackets = node.isArray() ? "[" + childCount(children) + "]" : "{" + childCount(children) + "}";
            return new JsonEntry(displayText(name), brackets, Kind.BRANCH, List.copyOf(children));
        }
        return new JsonEntry(
                displayText(name),
                displayText(node.toString()),
                node.isTextual() ? Kind.TEXT : Kind.LITERAL,
                List.of());
    }

    static String displayText(String text) {
        return SafeText.escapeAsJson(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text);
    }

    private static String childCount(List<JsonEntry> children) {
        return children.isEmpty() ? "" : " " + children.size() + " ";
    }

    /// @param wanted in lower case
    boolean matches(String wanted) {
        return name.toLowerCase(Locale.ROOT).contains(wanted)
                || (kind != Kind.BRANCH && value.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
