package dev.patchbay.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/// JSON laid out as Docker prints an inspect document: four blanks of indentation, nothing inside an empty object.
public final class GoJson {
    private static final String INDENT = "    ";

    private GoJson() {}

    public static String indented(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, "", text);
        return text.toString();
    }

    private static void write(JsonNode node, String indent, StringBuilder text) {
        if (node.isEmpty()) { // an empty object or array, or a plain value
            text.append(node);
        } else if (node.isObject()) {
            writeObject(node, indent, text);
        } else {
            writeArray(node, indent, text);
        }
    }

    private static void writeObject(JsonNode node, String indent, StringBuilder text) {
        String inner = indent + INDENT;
        text.append("{\n");
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            text.append(inner).append(TextNode.valueOf(field.getKey())).append(": ");
            write(field.getValue(), inner, text);
            text.append(fields.hasNext() ? ",\n" : "\n");
        }
        text.append(indent).append('}');
    }

    private static void writeArray(JsonNode node, String indent, StringBuilder text) {
        String inner = indent + INDENT;
        text.append("[\n");
        Iterator<JsonNode> elements = node.elements();
        while (elements.hasNext()) {
            text.append(inner);
            write(elements.next(), inner, text);
            text.append(elements.hasNext() ? ",\n" : "\n");
        }
        text.append(indent).append(']');
    }
}
