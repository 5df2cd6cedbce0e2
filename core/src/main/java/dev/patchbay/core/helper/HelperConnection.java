package dev.patchbay.core.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;

/// One connection to a helper, with the methods that a host needs.
public interface HelperConnection extends AutoCloseable {

    <R extends Reply> Answer<R> call(Request<R> request) throws EngineException;

    /// As [#call], for a request that changes something: without an answer its outcome is unknown.
    ///
    /// @param title of the change, for the failure
    default <R extends Reply> Answer<R> callChanging(Request<R> request, String title) throws EngineException {
        try {
            return call(request);
        } catch (EngineException e) {
            throw switch (e.kind()) {
                case NOT_RESPONDING, DISCONNECTED ->
                    new EngineException(
                            title,
                            "the helper " + e.reason().replaceFirst("^it ", "")
                                    + ", and whether this was done is not known",
                            EngineException.Kind.OUTCOME_UNKNOWN,
                            e);
                case FAILED, REJECTED, OUTCOME_UNKNOWN -> e;
            };
        }
    }

    void subscribe(HelperClient.Subscriber subscriber) throws EngineException;

    @Override
    void close();

    @FunctionalInterface
    interface Opener {
        HelperConnection open() throws EngineException;
    }

    static HelperConnection of(HelperClient client) {
        return new HelperConnection() {
            @Override
            public <R extends Reply> Answer<R> call(Request<R> request) throws EngineException {
                return client.call(request);
            }

            @Override
            public void subscribe(HelperClient.Subscriber subscriber) throws EngineException {
                client.subscribe(subscriber);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
