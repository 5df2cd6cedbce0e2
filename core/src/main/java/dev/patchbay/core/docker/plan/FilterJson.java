package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Filters in the form that the API takes.
public final class FilterJson {
    private FilterJson() {}

    public static String json(Map<String, List<String>> filters) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(filters).forEach((key, values) -> values.forEach(node.putArray(key)::add));
        return node.toString();
    }
}
