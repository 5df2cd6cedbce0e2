package dev.patchbay.core.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Parts that both documents have.
final class JsonParts {
    /// Go's zero time, which means never.
    private static final String NEVER = "0001-01-01T00:00:00Z";

    /// Go's RFC3339Nano, which omits trailing zeros of the fraction.
    private static final DateTimeFormatter RFC3339_NANO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private JsonParts() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode array(Collection<String> words) {
        ArrayNode array = array();
        words.forEach(array::add);
        return array;
    }

    /// Go prints maps sorted by key.
    static ObjectNode sorted(Map<String, String> map) {
        ObjectNode object = object();
        new TreeMap<>(map).forEach(object::put);
        return object;
    }

    static String time(@Nullable Instant instant) {
        return instant == null ? NEVER : RFC3339_NANO.format(instant);
    }
}
