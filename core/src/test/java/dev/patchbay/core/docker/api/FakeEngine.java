package dev.patchbay.core.docker.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An engine that answers what a test gives it, byte for byte.
public final class FakeEngine implements AutoCloseable {
    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    public FakeEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        answer("/version", json(200, "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}"));
    }

    public DockerEngine connect() throws EngineException {
        return DockerEngine.connect("tcp://127.0.0.1:" + server.getAddress().getPort());
    }

    /// @param path without the version
    public void answer(String path, HttpHandler answer) {
        answers.put(path, answer);
    }

    public static HttpHandler json(int status, String text) {
        return exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v[\\d.]+", "");
        try (exchange) {
            answers.getOrDefault(path, json(404, "{\"message\":\"page not found\"}"))
                    .handle(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
