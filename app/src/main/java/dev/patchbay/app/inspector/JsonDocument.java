package dev.patchbay.app.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.app.cli.text.GoJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A document as a tree and as text. It is created on a background thread, because it may be large.
public final class JsonDocument {
    private final String text;
    private final List<String> lines;
    private final JsonEntry root;

    private JsonDocument(String text, List<String> lines, JsonEntry root) {
        this.text = text;
        this.lines = lines;
        this.root = root;
    }

    /// @param inspected one object; Docker writes it as the only element of an array
    public static JsonDocument of(JsonNode inspected) {
        String text = GoJson.indented(JsonNodeFactory.instance.arrayNode().add(inspected)) + "\n";
        return new JsonDocument(text, text.lines().map(JsonEntry::displayText).toList(), JsonEntry.of("", inspected));
    }

    /// The text for a file.
    public String text() {
        return text;
    }

    /// The text for the window.
    public List<String> lines() {
        return lines;
    }

    public JsonEntry root() {
        return root;
    }

    /// The numbers of the lines that contain the text, ignoring case.
    public List<Integer> matchingLines(String query) {
        String wanted = query.toLowerCase(Locale.ROOT);
        List<Integer> hits = new ArrayList<>();
        for (int i = 0; i < lines.size() && !wanted.isEmpty(); i++) {
            if (lines.get(i).toLowerCase(Locale.ROOT).contains(wanted)) {
                hits.add(i);
            }
        }
        return hits;
    }

    /// The entries whose names or values contain the text. Each is a path from the root: the index of a
    /// child at each level.
    public List<List<Integer>> matchingEntries(String query) {
        List<List<Integer>> hits = new ArrayList<>();
        if (!query.isEmpty()) {
            find(root, query.toLowerCase(Locale.ROOT), new ArrayList<>(), hits);
        }
        return hits;
    }

    private static void find(JsonEntry entry, String wanted, List<Integer> path, List<List<Integer>> hits) {
        if (entry.matches(wanted)) {
            hits.add(List.copyOf(path));
        }
        for (int i = 0; i < entry.children().size(); i++) {
            path.addLast(i);
            find(entry.children().get(i), wanted, path, hits);
            path.removeLast();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonDocument document && document.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
