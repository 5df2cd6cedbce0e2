package dev.patchbay.core;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.util.function.Consumer;

/// One connection to a helper, as much of it as the controller needs.
interface HelperLink extends AutoCloseable {

    <R extends Reply> Answer<R> call(Request<R> request) throws EngineException;

    /// `events` must not block; `lost` may be called when this is closed, too.
    void subscribe(Consumer<Event> events, Consumer<EngineException> lost) throws EngineException;

    @Override
    void close();

    @FunctionalInterface
    interface Opener {
        HelperLink open() throws EngineException;
    }

    static HelperLink over(HelperClient client) {
        return new HelperLink() {
            @Override
            public <R extends Reply> Answer<R> call(Request<R> request) throws EngineException {
                return client.call(request);
            }

            @Override
            public void subscribe(Consumer<Event> events, Consumer<EngineException> lost) throws EngineException {
                client.subscribe(events, lost);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
