package dev.patchbay.core.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Documents that follow one another, as events and the progress of a pull do. One thread reads, any may close.
public final class JsonStream implements AutoCloseable {
    private final Response response;
    private final InputStream body;
    private final Function<Exception, EngineException> lost;
    private @Nullable MappingIterator<JsonNode> documents;

    JsonStream(Response response, InputStream body, Function<Exception, EngineException> lost) {
        this.response = response;
        this.body = body;
        this.lost = lost;
    }

    /// Waits for the next one; empty at the end.
    public Optional<JsonNode> next() throws EngineException {
        try {
            if (documents == null) {
                // Looks at the first bytes already, so it waits for them.
                documents = DockerEngine.JSON.readerFor(JsonNode.class).readValues(body);
            }
            return documents.hasNextValue() ? Optional.of(documents.nextValue()) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Also what the transport throws in a reader whose answer is closed.
            throw lost.apply(e);
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
