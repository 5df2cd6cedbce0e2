package dev.patchbay.engine.server;

import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.ProtocolException;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.RequestFrame;
import dev.patchbay.engine.protocol.ServerFrame;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One client: reads its requests in order, answers each, and sends it events after it has subscribed.
///
/// A client that does not read its events is disconnected; it can connect again and read a snapshot.
/// During a request, and always to subscribers, a keep-alive is sent every second.
public final class ClientConnection implements Subscribers.Subscriber {
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());
    private static final int MAX_PENDING_EVENTS = 1024;

    private final SocketChannel channel;
    private final RequestMemory.Share memory;
    private final Function<Request<?>, Reply> replies;
    private final Subscribers subscribers;
    private final Runnable stop;
    private final BlockingQueue<Event> pending = new ArrayBlockingQueue<>(MAX_PENDING_EVENTS);
    private final Object writing = new Object();
    private boolean busy;
    private volatile boolean subscribed;
    private boolean closed;
    private long lastUsed = System.nanoTime();

    /// @param stop ends the helper; called after the client got its answer
    public ClientConnection(
            SocketChannel channel,
            RequestMemory.Share memory,
            Function<Request<?>, Reply> replies,
            Subscribers subscribers,
            Runnable stop) {
        this.channel = channel;
        this.memory = memory;
        this.replies = replies;
        this.subscribers = subscribers;
        this.stop = stop;
    }

    void serve() {
        Thread sender = null;
        KeepAlive subscription = null;
        try {
            for (RequestFrame frame = readRequest(); frame != null; frame = readRequest()) {
                if (!requestStarts()) {
                    return;
                }
                Reply reply = reply(frame.request());
                boolean done = reply instanceof Reply.Done;
                if (done && frame.request() instanceof Request.Subscribe && sender == null) {
                    subscribed = true;
                    sender = Thread.ofVirtual().name("events").start(this::sendEvents);
                    subscribers.add(this);
                    subscription = KeepAlive.start(this::keepAlive);
                }
                answer(frame.id(), reply);
                memory.release();
                if (done && frame.request() instanceof Request.Stop) {
                    stop.run();
                }
                requestEnds();
            }
        } catch (IOException e) {
            LOG.log(Level.INFO, "a connection ended: {0}", e.getMessage());
        } finally {
            memory.release();
            subscribers.remove(this);
            if (sender != null) {
                sender.interrupt();
            }
            if (subscription != null) {
                subscription.close();
            }
        }
    }

    /// After an invalid frame the start of the next one is unknown, so the client gets the reason and
    /// the connection ends.
    private @Nullable RequestFrame readRequest() throws IOException {
        try {
            return Frames.readRequest(channel, memory);
        } catch (ProtocolException e) {
            write(new ServerFrame.Rejected(Refusal.of(Refusal.NOT_A_REQUEST, String.valueOf(e.getMessage()))));
            throw e;
        }
    }

    private Reply reply(Request<?> request) {
        try (KeepAlive _ = KeepAlive.start(this::keepAlive)) {
            return replies.apply(request);
        }
    }

    private void keepAlive() {
        try {
            write(new ServerFrame.KeepAlive());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client went away", e);
        }
    }

    private synchronized boolean requestStarts() {
        busy = true;
        return !closed;
    }

    private synchronized void requestEnds() {
        busy = false;
        lastUsed = System.nanoTime();
    }

    /// Whether no request is running and no events are subscribed.
    synchronized boolean isIdle() {
        return !busy && !subscribed && !closed;
    }

    /// When the last request was answered, on the monotonic clock.
    synchronized long lastUsed() {
        return lastUsed;
    }

    /// Closes only an idle connection, so that every request that began is answered.
    synchronized boolean closeIfIdle() {
        if (!isIdle()) {
            return false;
        }
        closed = true;
        close();
        return true;
    }

    @Override
    public void announce(Event event) {
        if (!pending.offer(event)) {
            close();
        }
    }

    private void sendEvents() {
        try {
            while (true) {
                write(new ServerFrame.EventFrame(pending.take()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a subscriber went away", e);
        }
    }

    private void answer(long id, Reply reply) throws IOException {
        try {
            write(new ServerFrame.ReplyFrame(id, reply));
        } catch (ProtocolException e) {
            // Nothing was sent.
            write(new ServerFrame.ReplyFrame(id, new Reply.Failed("answer", String.valueOf(e.getMessage()), 0)));
        }
    }

    private void write(ServerFrame frame) throws IOException {
        synchronized (writing) {
            Frames.writeServerFrame(channel, frame);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection did not close cleanly", e);
        }
    }
}
