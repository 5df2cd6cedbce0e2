package dev.patchbay.core.docker.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.AsyncDockerCmd;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.patchbay.core.docker.transport.TlsFiles;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection to a running engine, with the negotiated version of its API. Thread-safe.
///
/// The engine's JSON is kept exactly: the order of keys, unknown keys, and every digit.
public final class DockerEngine implements AutoCloseable {
    /// Keeps `2.50` as it is.
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String UNIX = "unix://";

    /// How long an engine may be silent for a command; together with its start less than ten seconds. A
    /// request may take any time, because the engine is pinged meanwhile.
    public static final Duration SILENCE = Duration.ofSeconds(8);

    /// The limit for a window, whose topology would be out of date. An engine on another machine has the
    /// limit of a command.
    public static final Duration SILENCE_IN_WINDOW = Duration.ofSeconds(3);

    private final EngineHttpClient client;
    private final String address;
    private final ApiVersion version;
    private final String libpod;
    private @Nullable DockerClient commands;

    private DockerEngine(EngineHttpClient client, String address) throws EngineException {
        this.client = client;
        this.address = address;
        JsonNode reported = version();
        this.version = negotiate(reported);
        this.libpod = libpod(reported);
    }

    /// @param address as `unix:///var/run/docker.sock`
    public static DockerEngine connect(String address) throws EngineException {
        return connect(address, null, SILENCE);
    }

    /// @param address as `tcp://192.0.2.7:2376` or `ssh://me@far.example`
    /// @param tls the files for TLS; null for none
    /// @param silence after which all requests fail, and the connection cannot be used any more
    public static DockerEngine connect(String address, @Nullable TlsFiles tls, Duration silence)
            throws EngineException {
        return connect(address, tls, canonical(address), silence);
    }

    /// The engine at this recorded address, wherever the address leads now.
    public static DockerEngine recorded(String address) throws EngineException {
        return connect(address, null, address, SILENCE);
    }

    private static DockerEngine connect(String address, @Nullable TlsFiles tls, String name, Duration silence)
            throws EngineException {
        EngineHttpClient client = new EngineHttpClient(address, tls, name, silence);
        try {
            return new DockerEngine(client, name);
        } catch (EngineException e) {
            client.close();
            throw e;
        }
    }

    /// One form for all spellings of a local socket, because records identify an engine by it.
    private static String canonical(String address) {
        if (!address.startsWith(UNIX)) {
            return address;
        }
        try {
            return UNIX + Path.of(address.substring(UNIX.length())).toRealPath();
        } catch (IOException | InvalidPathException notThere) {
            return address;
        }
    }

    private JsonNode version() throws EngineException {
        try (Response response = client.send(request(ApiRequest.get("/version"), ""))) {
            return JSON.readTree(response.getBody());
        } catch (IOException e) {
            throw client.connectionFailure(e);
        } catch (RefusedException refused) {
            // As "Client sent an HTTP request to an HTTPS server."
            throw new EngineException(
                    "speak with the engine at " + address, refused.refusal().sentence());
        }
    }

    private ApiVersion negotiate(JsonNode reported) throws EngineException {
        ApiVersion newest = ApiVersion.of(reported.path("ApiVersion").asText(""));
        ApiVersion oldest = ApiVersion.of(reported.path("MinAPIVersion").asText(""));
        if (newest.compareTo(ApiVersion.OLDEST) < 0 || oldest.compareTo(ApiVersion.NEWEST) > 0) {
            throw new EngineException(
                    "speak with the engine at " + address,
                    "it speaks API " + oldest + " to " + newest + ", and Patchbay " + ApiVersion.OLDEST + " to "
                            + ApiVersion.NEWEST);
        }
        return newest.negotiated();
    }

    /// The version of Podman's own API, which it serves beside Docker's; empty for another engine.
    private static String libpod(JsonNode reported) {
        for (JsonNode component : reported.path("Components")) {
            if (component.path("Name").asText().equals("Podman Engine")) {
                return component.at("/Details/APIVersion").asText("");
            }
        }
        return "";
    }

    public boolean isPodman() {
        return !libpod.isEmpty();
    }

    /// Whether the negotiated version is at least 1.`minor`.
    public boolean supportsApi(int minor) {
        return version.compareTo(new ApiVersion(1, minor)) >= 0;
    }

    /// The address with symbolic links resolved.
    public String address() {
        return address;
    }

    /// Whether a recorded address means this engine, also if its socket had another path then.
    public boolean isRecordedAs(String recorded) {
        return canonical(recorded).equals(address);
    }

    /// A document as the engine wrote it.
    public JsonNode get(String path) throws EngineException, RefusedException {
        return call(ApiRequest.get(path));
    }

    /// A document of Podman's own API.
    ///
    /// @param path as `/networks/json`
    public JsonNode getLibpod(String path) throws EngineException, RefusedException {
        return document(send(ApiRequest.get("/libpod" + path), "/v" + libpod));
    }

    /// Copies a container's log as it arrives, possibly for as long as the container runs.
    ///
    /// @param tty whether the log is a single stream
    /// @throws IOException when `out` or `err` cannot be written
    public void log(String path, boolean tty, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException {
        try (Response response = send(ApiRequest.get(path))) {
            LogFrameReader frames = new LogFrameReader(response.getBody(), client::connectionFailure);
            if (tty) {
                frames.copyPlain(out);
            } else {
                frames.copy(out, err);
            }
        }
    }

    /// The engine's answer; [JsonNode#isMissingNode] for none.
    ///
    /// @throws RefusedException when the engine refused
    public JsonNode call(ApiRequest request) throws EngineException, RefusedException {
        return document(send(request));
    }

    private JsonNode document(Response answer) throws EngineException {
        try (Response response = answer) {
            // Podman answers a connect request with the text OK.
            return isJson(response) ? JSON.readTree(response.getBody()) : MissingNode.getInstance();
        } catch (IOException e) {
            throw client.connectionFailure(e);
        }
    }

    private static boolean isJson(Response response) {
        String type = response.getHeader("Content-Type");
        return type != null && type.contains("json");
    }

    /// The documents of an answer that is a sequence of them.
    ///
    /// @param type of docker-java
    public <T> List<T> documents(ApiRequest request, Class<T> type) throws EngineException, RefusedException {
        try (Response response = send(request);
                MappingIterator<T> documents = EngineClientConfig.JSON
                        .readerFor(type)
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .readValues(response.getBody())) {
            return documents.readAll();
        } catch (IOException | RuntimeException e) {
            // A transport that is closed meanwhile throws one of these.
            throw client.connectionFailure(e);
        }
    }

    /// docker-java's commands, for answers that are streams. Created on first use, because other
    /// requests do not need their classes.
    public synchronized DockerClient commands() {
        DockerClient known = commands;
        if (known == null) {
            known = EngineClientConfig.newClient(address, version, client);
            commands = known;
        }
        return known;
    }

    /// Runs a command until its answer ends.
    public <T> void run(AsyncDockerCmd<?, T> command, EngineStream.Receiver<T> receiver)
            throws EngineException, RefusedException {
        try (EngineStream<T> stream = open(command, receiver)) {
            stream.join();
        }
    }

    /// Runs a command until its stream is closed.
    public <T> EngineStream<T> open(AsyncDockerCmd<?, T> command, EngineStream.Receiver<T> receiver)
            throws EngineException, RefusedException {
        return EngineStream.open(client, command, receiver);
    }

    private Response send(ApiRequest request) throws EngineException, RefusedException {
        return send(request, "/v" + version);
    }

    private Response send(ApiRequest request, String prefix) throws EngineException, RefusedException {
        return client.send(request(request, prefix));
    }

    private static Request request(ApiRequest request, String prefix) {
        Request.Builder builder = Request.builder()
                .method(Request.Method.valueOf(request.method().name()))
                .path(prefix + request.path());
        JsonNode body = request.body();
        if (body != null) {
            builder.putHeader("Content-Type", "application/json")
                    .bodyBytes(body.toString().getBytes(StandardCharsets.UTF_8));
        }
        return builder.build();
    }

    @Override
    public void close() {
        client.close();
    }
}
