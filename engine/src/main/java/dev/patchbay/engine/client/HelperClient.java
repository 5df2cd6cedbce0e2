package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.RequestFrame;
import dev.patchbay.engine.protocol.ServerFrame;
import dev.patchbay.engine.protocol.ServerFrame.EventFrame;
import dev.patchbay.engine.protocol.ServerFrame.ReplyFrame;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection to a helper.
///
/// Any thread may call; answers are matched by number, so calls of several threads overlap. Events arrive on the
/// connection's own reading thread and must not block it.
public final class HelperClient implements AutoCloseable {
    private final SocketChannel channel;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
    private final Object writing = new Object();
    private volatile @Nullable Consumer<Event> events;
    private volatile @Nullable Consumer<EngineException> lost;
    private volatile @Nullable EngineException end;

    private HelperClient(SocketChannel channel) {
        this.channel = channel;
        Thread.ofVirtual().name("helper-client").start(this::read);
    }

    public static HelperClient connect(Path socket) throws EngineException {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new HelperClient(channel);
        } catch (IOException e) {
            throw new EngineException("connect to the helper", "it does not answer on " + socket, e);
        }
    }

    /// Sends a request and waits for what comes of it.
    ///
    /// @throws EngineException when the kernel failed (nothing changed then) or the helper went away
    public <R extends Reply> Answer<R> call(Request<R> request) throws EngineException {
        long number = numbers.incrementAndGet();
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        try {
            synchronized (writing) {
                Frames.writeRequest(channel, new RequestFrame(number, request));
            }
            EngineException over = end;
            if (over != null) {
                throw over;
            }
            return typed(answer.get());
        } catch (IOException e) {
            throw new EngineException("ask the helper", "the connection broke", e);
        } catch (ExecutionException e) {
            throw new EngineException("ask the helper", "it went away before it answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("ask the helper", "interrupted", e);
        } finally {
            waiting.remove(number);
        }
    }

    @SuppressWarnings("unchecked") // the helper answers each verb with its own reply, see Request
    private static <R extends Reply> Answer<R> typed(Reply reply) throws EngineException {
        return switch (reply) {
            case Reply.Refused refused -> new Answer.Refused<>(refused.refusal());
            case Reply.Failed failed ->
                throw new EngineException(failed.step(), failed.message(), failed.errno(), null);
            case Reply.Welcome _,
                    Reply.State _,
                    Reply.Changes _,
                    Reply.ActivityList _,
                    Reply.Planned _,
                    Reply.Applied _,
                    Reply.CounterSample _,
                    Reply.ListenerList _,
                    Reply.Sight _,
                    Reply.Probed _,
                    Reply.Output _,
                    Reply.Done _ -> new Answer.Granted<>((R) reply);
        };
    }

    /// From now on events go to `listener`; `whenLost` is called once, when the helper goes away or this is closed.
    public void subscribe(Consumer<Event> listener, Consumer<EngineException> whenLost) throws EngineException {
        events = listener;
        lost = whenLost;
        call(new Request.Subscribe());
    }

    private void read() {
        EngineException reason = new EngineException("listen to the helper", "it went away");
        try {
            ServerFrame frame = Frames.readServerFrame(channel);
            while (frame != null) {
                take(frame);
                frame = Frames.readServerFrame(channel);
            }
        } catch (IOException e) {
            reason = new EngineException("listen to the helper", "the connection broke", e);
        }
        end = reason;
        for (CompletableFuture<Reply> answer : waiting.values()) {
            answer.completeExceptionally(reason);
        }
        Consumer<EngineException> told = lost;
        if (told != null) {
            told.accept(reason);
        }
    }

    private void take(ServerFrame frame) {
        switch (frame) {
            case ReplyFrame(long id, Reply reply) -> {
                CompletableFuture<Reply> answer = waiting.get(id);
                if (answer != null) {
                    answer.complete(reply);
                }
            }
            case EventFrame(Event event) -> {
                Consumer<Event> listener = events;
                if (listener != null) {
                    listener.accept(event);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone either way.
            end = new EngineException("close the connection", "the kernel refused", e);
        }
    }
}
