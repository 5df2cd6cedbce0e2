package dev.patchbay.core.docker;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The kernel's side as the machine's helper reads it.
public final class HelperSide implements HostSide {
    private final Path socket;
    private final HelperClient client;

    private HelperSide(Path socket, HelperClient client) {
        this.socket = socket;
        this.client = client;
    }

    public static HelperSide connect(Path socket) throws EngineException {
        return new HelperSide(socket, HelperClient.connect(socket));
    }

    @Override
    public Optional<KernelState> kernel() throws EngineException {
        return Optional.of(
                granted(client.call(new Request.Snapshot()), "read the kernel").kernel());
    }

    @Override
    public Reply.CounterSample counters() throws EngineException {
        return granted(client.call(new Request.Counters()), "read the counters");
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return granted(client.call(new Request.Listeners()), "read the listening sockets")
                .listeners();
    }

    /// On a connection of its own, since events come at any moment.
    @Override
    public AutoCloseable watch(Runnable changed) throws EngineException {
        HelperClient events = HelperClient.connect(socket);
        try {
            // A helper that goes away is missed at the next question.
            events.subscribe(_ -> changed.run(), _ -> {});
            return events;
        } catch (EngineException e) {
            events.close();
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static <R extends Reply> R granted(Answer<R> answer, String step) throws EngineException {
        return switch (answer) {
            case Answer.Granted<R>(R reply) -> reply;
            case Answer.Refused<R>(var refusal) -> throw new EngineException(step, refusal.sentence());
        };
    }
}
