package dev.patchbay.app.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Compares JSON documents value by value, the order of the keys included.
final class JsonComparison {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Sink sink;

    private JsonComparison(Sink sink) {
        this.sink = sink;
    }

    /// Takes what differs.
    @FunctionalInterface
    interface Sink {
        void differs(String path, String docker, String patchbay);
    }

    static void compare(JsonNode docker, JsonNode patchbay, Sink sink) {
        new JsonComparison(sink).walk("$", docker, patchbay);
    }

    private void walk(String path, JsonNode docker, JsonNode patchbay) {
        if (docker.isObject() && patchbay.isObject()) {
            fields(path, named(docker), named(patchbay));
        } else if (docker.isArray() && patchbay.isArray()) {
            for (int i = 0; i < Math.max(docker.size(), patchbay.size()); i++) {
                walk(path + "[" + i + "]", docker.path(i), patchbay.path(i));
            }
        } else if (!text(path, docker).equals(text(path, patchbay))) {
            sink.differs(path, text(path, docker), text(path, patchbay));
        }
    }

    private void fields(String path, Map<String, JsonNode> docker, Map<String, JsonNode> patchbay) {
        List<String> dockersOrder = new ArrayList<>(docker.keySet());
        List<String> patchbaysOrder = new ArrayList<>(patchbay.keySet());
        dockersOrder.retainAll(patchbay.keySet());
        patchbaysOrder.retainAll(docker.keySet());
        if (!dockersOrder.equals(patchbaysOrder)) {
            sink.differs(path + "{order}", dockersOrder.toString(), patchbaysOrder.toString());
        }
        docker.forEach((key, value) -> {
            JsonNode other = patchbay.get(key);
            if (other == null) {
                sink.differs(path + "." + key, text(path + "." + key, value), "");
            } else {
                walk(path + "." + key, value, other);
            }
        });
        patchbay.forEach((key, value) -> {
            if (!docker.containsKey(key)) {
                sink.differs(path + "." + key, "", text(path + "." + key, value));
            }
        });
    }

    /// Objects that are keyed by ids are keyed by names, in the order of those.
    private static Map<String, JsonNode> named(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Map<String, JsonNode> byName = new TreeMap<>();
        object.properties().forEach(field -> {
            if (ID.matcher(field.getKey()).matches()) {
                byName.put(field.getValue().path("Name").asText(), field.getValue());
            } else {
                fields.put(field.getKey(), field.getValue());
            }
        });
        fields.putAll(byName);
        return fields;
    }

    private static String text(String path, JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        if (path.endsWith(".Pid") && value.asLong() > 0) {
            return "<pid>";
        }
        return VolatileValues.masked(value.toString());
    }
}
