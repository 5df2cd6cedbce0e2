package dev.patchbay.core.docker.api;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.EnvironmentValues;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request to the API, without the version in its path.
///
/// @param path as `/networks/create`, with its query
/// @param body null for none
public record ApiRequest(
        Method method,
        String path,
        @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode body) {
    /// The kind of networks in [#forObject].
    public static final String NETWORKS = "networks";

    private static final String CONTAINER = "Container";
    private static final String ENVIRONMENT = "Env";

    /// Ids need no escaping, and only ids are replaced.
    private static final Pattern OBJECT = Pattern.compile("(/(?:containers|networks)/)([^/?]+)(.*)", Pattern.DOTALL);

    /// Jackson reads no body as a body that is null.
    public ApiRequest {
        body = body instanceof NullNode ? null : body;
    }

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

    /// A request about one object, whose id or name is the second part of the path.
    ///
    /// @param kind `containers` or [#NETWORKS]
    /// @param rest of the path, as `/start`
    public static ApiRequest forObject(
            Method method, String kind, String object, String rest, @Nullable JsonNode body) {
        return new ApiRequest(method, "/" + kind + "/" + escaped(object) + rest, body);
    }

    public boolean removesNetwork() {
        return method == Method.DELETE && path.startsWith("/" + NETWORKS + "/");
    }

    /// The same request for the objects that have replaced those in its path and body.
    ///
    /// @param successor maps the id of a replaced object to the present one, and any other id to itself
    public ApiRequest forObject(UnaryOperator<String> successor) {
        Matcher object = OBJECT.matcher(path);
        String now = object.matches() ? object.group(1) + successor.apply(object.group(2)) + object.group(3) : path;
        if (body instanceof ObjectNode known && known.path(CONTAINER).isTextual()) {
            ObjectNode other = known.deepCopy();
            other.put(CONTAINER, successor.apply(known.path(CONTAINER).asText()));
            return new ApiRequest(method, now, other);
        }
        return new ApiRequest(method, now, body);
    }

    /// Escapes a part of a path or query, so that a person's text cannot add another part.
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Filters in the format of the API.
    public static String filters(Map<String, List<String>> filters) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(filters).forEach((key, values) -> values.forEach(node.putArray(key)::add));
        return node.toString();
    }

    /// For a person, without the values of environment variables.
    @Override
    public String toString() {
        return method + " " + path + (body == null ? "" : " " + withoutValues(body));
    }

    private static JsonNode withoutValues(JsonNode body) {
        if (!(body instanceof ObjectNode whole) || !whole.path(ENVIRONMENT).isArray()) {
            return body;
        }
        ObjectNode shown = whole.deepCopy();
        EnvironmentValues.hidden(JsonValues.list(whole.path(ENVIRONMENT))).forEach(shown.putArray(ENVIRONMENT)::add);
        return shown;
    }
}
