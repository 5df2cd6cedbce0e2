package dev.patchbay.core.docker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// A registry with one image that asks for user and password, and at the next port one that does not (distribution
/// API, version 2, without TLS). They are a process, since an engine's loopback is in its own network namespace; it
/// ends with its standard input.
public final class PrivateRegistry {
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar";
    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> blobs = new HashMap<>();
    private final byte[] manifest;

    /// @param saved what `docker save` made of the image, unpacked
    private PrivateRegistry(Path saved) throws IOException {
        JsonNode image = JSON.readTree(saved.resolve("manifest.json").toFile()).path(0);
        ObjectNode document = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        document.set("config", blob(CONFIG, saved.resolve(image.path("Config").asText())));
        for (JsonNode layer : image.path("Layers")) {
            document.withArray("layers").add(blob(LAYER, saved.resolve(layer.asText())));
        }
        this.manifest = document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode blob(String type, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        blobs.put(digest(bytes), bytes);
        return JSON.createObjectNode()
                .put("mediaType", type)
                .put("size", bytes.length)
                .put("digest", digest(bytes));
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        byte[] body = path.contains("/manifests/")
                ? manifest
                : path.equals("/v2/") ? new byte[0] : blobs.getOrDefault(last, new byte[0]);
        exchange.getResponseHeaders()
                .set("Content-Type", path.contains("/manifests/") ? MANIFEST : "application/octet-stream");
        exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest(body));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(200, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static HttpServer listen(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    /// @param words the unpacked image, port, user and password
    public static void main(String[] words) throws IOException {
        PrivateRegistry registry = new PrivateRegistry(Path.of(words[0]));
        int port = Integer.parseInt(words[1]);
        HttpServer guarded = listen(port);
        guarded.createContext("/v2/", registry::answer).setAuthenticator(new BasicAuthenticator("registry") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(words[2]) && password.equals(words[3]);
            }
        });
        guarded.start();
        HttpServer open = listen(port + 1);
        open.createContext("/v2/", registry::answer);
        open.start();
        System.out.println("ready");
        System.in.transferTo(System.out);
        guarded.stop(0);
        open.stop(0);
    }
}
