package dev.patchbay.core.docker.api;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.patchbay.core.docker.transport.Relay;
import dev.patchbay.core.docker.transport.TlsFiles;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// docker-java's transport to one engine. Our own requests and docker-java's commands share it, and so
/// the limit of silence and the sentences of failures. Thread-safe.
final class EngineHttpClient implements DockerHttpClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 16;
    private static final int FIRST_ERROR = 400;

    private final DockerHttpClient client;
    private final String name;
    private final @Nullable Relay relay;
    private final Duration silenceLimit;
    private final Liveness liveness;
    private volatile boolean answered;
    private volatile boolean silent;

    /// @param name the engine's address in messages
    /// @param silence after which all requests fail
    EngineHttpClient(String address, @Nullable TlsFiles tls, String name, Duration silence) throws EngineException {
        this.name = name;
        relay = Relay.forAddress(address, tls).orElse(null);
        silenceLimit = relay == null || silence.compareTo(DockerEngine.SILENCE) > 0 ? silence : DockerEngine.SILENCE;
        client = new ZerodepDockerHttpClient.Builder()
                .dockerHost(relay == null ? URI.create(address) : relay.address())
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxConnections(CONNECTIONS)
                .build();
        liveness = new Liveness(silenceLimit, this::ping, this::giveUp);
    }

    /// The answer, unless the engine refuses.
    Response send(Request request) throws EngineException, RefusedException {
        Response response;
        try {
            response = sendOnce(request);
        } catch (EngineException e) {
            if (!request.method().equals(Request.Method.GET.name()) || !answered || silent) {
                throw e;
            }
            // An idle connection may have ended with a restart of the engine; repeating a GET is
            // harmless.
            response = sendOnce(request);
        }
        answered = true;
        if (response.getStatusCode() < FIRST_ERROR) {
            return response;
        }
        try (Response refused = response) {
            String text = new String(refused.getBody().readAllBytes(), StandardCharsets.UTF_8);
            throw EngineRefusals.of(request, refused.getStatusCode(), text);
        } catch (IOException e) {
            throw connectionFailure(e);
        }
    }

    private Response sendOnce(Request request) throws EngineException {
        liveness.beginWait();
        try {
            Response response = client.execute(request);
            liveness.noteActivity();
            return new LiveResponse(response, liveness);
        } catch (RuntimeException e) {
            // The transport wraps every failure of the socket.
            throw connectionFailure(e);
        } finally {
            liveness.endWait();
        }
    }

    /// @throws CommandException instead of the checked exceptions of [#send], which a command cannot
    ///     declare, and of an Error, which docker-java's thread would swallow
    @Override
    public Response execute(Request request) {
        try {
            return send(request);
        } catch (EngineException | RefusedException | Error e) {
            throw new CommandException(e);
        }
    }

    /// Carries an [EngineException], a [RefusedException] or an Error through a command of docker-java.
    static final class CommandException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        CommandException(Throwable cause) {
            super(cause);
        }
    }

    /// A response whose bytes count as signs of life.
    private record LiveResponse(Response response, Liveness liveness) implements Response {
        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return new FilterInputStream(response.getBody()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    liveness.beginWait();
                    try {
                        int count = in.read(bytes, offset, length);
                        liveness.noteActivity();
                        return count;
                    } finally {
                        liveness.endWait();
                    }
                }
            };
        }

        @Override
        public void close() {
            response.close();
        }
    }

    private void ping() throws IOException {
        Request request =
                Request.builder().method(Request.Method.GET).path("/_ping").build();
        try (Response response = client.execute(request)) {
            response.getBody().readAllBytes();
        }
    }

    /// Closing every connection wakes the threads that read from one.
    private void giveUp() {
        silent = true;
        disconnect();
    }

    /// The failure of a request, or of reading its answer.
    EngineException connectionFailure(Throwable cause) {
        String step = "ask the engine at " + name;
        if (silent) {
            return new EngineException(
                    step,
                    "it has not answered for " + silenceLimit.toSeconds() + " s: is it stopped, or overloaded?",
                    EngineException.Kind.NOT_RESPONDING,
                    cause);
        }
        if (relay != null && !relay.lastError().isEmpty()) {
            return new EngineException(step, relay.lastError(), cause);
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new EngineException(
                step,
                Objects.requireNonNullElse(root.getMessage(), root.toString()) + ": is it running?",
                root instanceof ConnectException ? EngineException.Kind.FAILED : EngineException.Kind.DISCONNECTED,
                cause);
    }

    @Override
    public void close() {
        liveness.close();
        disconnect();
    }

    private void disconnect() {
        if (relay != null) {
            relay.close();
        }
        try {
            client.close();
        } catch (IOException e) {
            System.getLogger(EngineHttpClient.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection to the engine did not close", e);
        }
    }
}
