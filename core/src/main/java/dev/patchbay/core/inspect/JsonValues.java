package dev.patchbay.core.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Converts JSON of an engine to values. A value in an unknown format is empty, and never a failure.
public final class JsonValues {
    private static final String HEX_ID = "[0-9a-f]{64}";

    private JsonValues() {}

    /// The id itself; for an id of another form (a swarm's, a port's) one derived from it.
    public static Id id(String text) {
        if (text.matches(HEX_ID)) {
            return new Id(text);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Id(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Go's zero time is null.
    public static @Nullable Instant time(JsonNode node) {
        try {
            Instant instant = OffsetDateTime.parse(node.asText("")).toInstant();
            return instant.isBefore(Instant.EPOCH) ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }

    public static @Nullable InetAddress address(JsonNode node) {
        String text = node.asText("");
        int slash = text.indexOf('/');
        try {
            return text.isEmpty() ? null : InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static @Nullable Cidr subnet(JsonNode node) {
        try {
            return node.asText("").isEmpty() ? null : Cidr.of(node.asText()).network();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static @Nullable MacAddress mac(JsonNode node) {
        try {
            return node.asText("").isEmpty() ? null : new MacAddress(node.asText());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static Map<String, String> pairs(JsonNode node) {
        Map<String, String> pairs = new LinkedHashMap<>();
        node.properties()
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue().asText("")));
        return pairs;
    }

    public static List<String> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
