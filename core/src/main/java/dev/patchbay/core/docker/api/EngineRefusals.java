package dev.patchbay.core.docker.api;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.patchbay.core.refusal.RefusedException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Converts an error of an engine to a refusal: the status gives the code, the message is the sentence.
final class EngineRefusals {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /// The answers of the routers of Docker and Podman to an unknown request.
    private static final Set<String> NO_SUCH_REQUEST = Set.of("page not found", "Not Found");

    private static final Pattern VERSION = Pattern.compile("^/v[\\d.]+");
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{64}\\b");

    private EngineRefusals() {}

    /// @param body of the engine's answer
    static RefusedException of(Request request, int status, String body) {
        String message = message(body);
        String sentence = message.strip();
        if (status == NOT_FOUND && NO_SUCH_REQUEST.contains(sentence)) {
            String path = VERSION.matcher(request.path()).replaceFirst("");
            return RefusedException.of(
                    "docker-cannot",
                    "this engine has no request " + request.method() + " "
                            + ID.matcher(path).replaceAll("{id}"));
        }
        return RefusedException.of(code(status, message), sentence, advice(message));
    }

    private static String message(String body) {
        try {
            return DockerEngine.JSON.readTree(body).path("message").asText(body);
        } catch (IOException notJson) {
            return body;
        }
    }

    private static String code(int status, String message) {
        return switch (status) {
            case BAD_REQUEST -> "docker-bad-request";
            case FORBIDDEN -> "docker-forbidden";
            case NOT_FOUND -> missing(message);
            case CONFLICT -> "docker-conflict";
            default -> "docker-error";
        };
    }

    /// Docker begins with the words with which Podman ends.
    private static String missing(String message) {
        if (message.toLowerCase(Locale.ROOT).contains("no such container")) {
            return "container-not-found";
        }
        return message.contains("image") ? "image-not-found" : "network-not-found";
    }

    private static String advice(String message) {
        if (message.contains("port is already allocated") || message.contains("address already in use")) {
            return "Another program or container has this host port: choose another one.";
        }
        if (message.contains("user specified IP address is supported only")) {
            return "Leave the address to Docker, or make the network with a subnet of your own.";
        }
        return "";
    }
}
