package dev.patchbay.core.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One request, without the version that its path begins with.
///
/// @param path as `/networks/create`, with its query
/// @param body null for none
public record ApiRequest(
        Method method, String path, @Nullable JsonNode body) {
    /// Those that the API knows.
    public enum Method {
        GET,
        POST,
        DELETE
    }

    public static ApiRequest get(String path) {
        return new ApiRequest(Method.GET, path, null);
    }

    public static ApiRequest post(String path) {
        return new ApiRequest(Method.POST, path, null);
    }

    public static ApiRequest post(String path, JsonNode body) {
        return new ApiRequest(Method.POST, path, body);
    }

    public static ApiRequest delete(String path) {
        return new ApiRequest(Method.DELETE, path, null);
    }

    /// One part of a path or query, so that no text of a person's becomes more than that.
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// As a person reads it.
    @Override
    public String toString() {
        return method + " " + path + (body == null ? "" : " " + body);
    }
}
