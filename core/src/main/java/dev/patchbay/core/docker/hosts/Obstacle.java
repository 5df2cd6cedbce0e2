package dev.patchbay.core.docker.hosts;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is in the way of an address, as far as can be seen without asking the engine.
final class Obstacle {
    private Obstacle() {}

    /// @param tls the engine is reached over TLS
    /// @return empty when nothing is
    static String of(String address, boolean tls) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return "`" + address + "` is no address: write unix:///PATH or tcp://HOST:PORT";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        return switch (scheme) {
            case "unix" -> socket(Path.of(uri.getPath()));
            case "tcp", "http" ->
                tls ? "it asks for TLS certificates, which Patchbay does not read: tunnel it with `ssh -L`" : "";
            case "ssh" ->
                "Patchbay does not speak ssh: `ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock " + target(uri)
                        + "`, and DOCKER_HOST=unix:///tmp/docker.sock";
            default -> "Patchbay knows unix:// and tcp://, not " + (scheme.isEmpty() ? address : scheme + "://");
        };
    }

    private static String socket(Path socket) {
        if (!Files.exists(socket)) {
            return "there is no socket " + socket + ": is the engine running?";
        }
        return Files.isWritable(socket)
                ? ""
                : "permission denied on " + socket + ": `sudo usermod -aG docker $USER`, then log in again";
    }

    private static String target(URI uri) {
        return (uri.getUserInfo() == null ? "" : uri.getUserInfo() + "@") + uri.getHost();
    }
}
