package dev.patchbay.core.docker.api;

import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.protocol.Refusal;

/// Turns an engine's error into one refusal: its status gives the code, its message is the sentence.
final class EngineRefusals {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private EngineRefusals() {}

    static Mistake of(int status, String message) {
        return new Mistake(new Refusal(code(status, message), message.strip(), advice(message)));
    }

    private static String code(int status, String message) {
        return switch (status) {
            case BAD_REQUEST -> "docker-bad-request";
            case FORBIDDEN -> "docker-forbidden";
            case NOT_FOUND ->
                message.contains("image")
                        ? "image-not-found"
                        : message.startsWith("No such container") ? "container-not-found" : "network-not-found";
            case CONFLICT -> "docker-conflict";
            default -> "docker-error";
        };
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
