package dev.patchbay.engine.client;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.ProtocolException;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.RequestFrame;
import dev.patchbay.engine.protocol.ServerFrame;
import dev.patchbay.engine.protocol.ServerFrame.EventFrame;
import dev.patchbay.engine.protocol.ServerFrame.KeepAlive;
import dev.patchbay.engine.protocol.ServerFrame.Rejected;
import dev.patchbay.engine.protocol.ServerFrame.ReplyFrame;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection to a helper.
///
/// Thread-safe; answers are matched by number, so calls of several threads overlap. Events arrive on the
/// connection's own reading thread and must not block it.
///
/// No call waits for a silent helper: a working one sends a frame every second, however long the work
/// takes. Silence is measured in steps of this process's own time, so that a process that was stopped
/// itself does not blame the helper.
public final class HelperClient implements AutoCloseable {
    /// How long a call tolerates a silent helper; together with the start of a command less than ten
    /// seconds.
    public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(8);

    private static final int POLL_MILLIS = 250;

    /// A full queue of connections has room again at any moment, unless the helper is stopped.
    private static final int FAST_RETRY_MILLIS = 1;

    private static final int FAST_RETRIES = 250;
    private static final int RETRY_MILLIS = 50;

    /// With this interval a subscriber learns within three seconds after the last frame that the helper
    /// is silent.
    private static final int WATCH_INTERVAL_MILLIS = 400;

    private static final int MISSED_INTERVALS = 6;

    private final SocketChannel channel;
    private final AtomicLong requestIds = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> pending = new ConcurrentHashMap<>();
    private final Object writing = new Object();
    /// The number of frames received; written only by the reading thread.
    private volatile long framesRead;
    private volatile @Nullable Consumer<Event> eventListener;
    private volatile @Nullable Consumer<EngineException> disconnected;
    private volatile @Nullable EngineException closeReason;

    private HelperClient(SocketChannel channel) {
        this.channel = channel;
        Thread.ofVirtual().name("helper-client").start(this::read);
    }

    public static HelperClient connect(Path socket) throws EngineException {
        long tries = FAST_RETRIES + RESPONSE_TIMEOUT.toMillis() / RETRY_MILLIS;
        try {
            for (long attempt = 0; attempt < tries; attempt++) {
                Optional<SocketChannel> channel = tryConnect(socket);
                if (channel.isPresent()) {
                    return new HelperClient(channel.get());
                }
                Thread.sleep(attempt < FAST_RETRIES ? FAST_RETRY_MILLIS : RETRY_MILLIS);
            }
            throw notResponding("connect to the helper");
        } catch (IOException e) {
            throw new EngineException("connect to the helper", "it does not answer on " + socket, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("connect to the helper", "interrupted", e);
        }
    }

    /// Empty when the kernel's queue of connections for the helper is full. A blocking connect would
    /// wait without a limit; a non-blocking one then fails at once (EAGAIN, connect(2)).
    static Optional<SocketChannel> tryConnect(Path socket) throws IOException {
        // A helper that starts may make its socket after this attempt failed, and not listen on it yet.
        boolean wasThere = Files.isWritable(socket);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(true);
            return connected ? Optional.of(channel) : Optional.empty();
        } catch (SocketException e) {
            // The JDK has an exception of its own for a socket without a listener; all other failures
            // have only a text in the language of the system.
            if (e instanceof ConnectException || !wasThere || !Files.isWritable(socket)) {
                throw e;
            }
            return Optional.empty();
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    private static EngineException notResponding(String step) {
        return new EngineException(step, "it does not answer", EngineException.Kind.NOT_RESPONDING, null);
    }

    /// Sends a request and waits for the answer while the helper is not silent.
    ///
    /// @throws EngineException when the kernel failed (nothing changed then), the helper ended, or it is
    ///     silent: see [EngineException#kind]
    public <R extends Reply> Answer<R> call(Request<R> request) throws EngineException {
        return call(request, RESPONSE_TIMEOUT);
    }

    /// @param silence how long the helper may be silent
    <R extends Reply> Answer<R> call(Request<R> request, Duration silence) throws EngineException {
        long number = requestIds.incrementAndGet();
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        pending.put(number, answer);
        try {
            EngineException over = closeReason;
            if (over != null) {
                throw over;
            }
            // On a thread of its own, because writing blocks when the helper does not read and the
            // socket is full.
            Thread.ofVirtual().name("helper-request").start(() -> send(new RequestFrame(number, request), answer));
            return toAnswer(await(answer, silence));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EngineException reason && reason.kind() != EngineException.Kind.DISCONNECTED
                    ? reason
                    : new EngineException(
                            "ask the helper", "it went away before it answered", EngineException.Kind.DISCONNECTED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("ask the helper", "interrupted", EngineException.Kind.DISCONNECTED, e);
        } finally {
            pending.remove(number);
        }
    }

    private void send(RequestFrame frame, CompletableFuture<Reply> answer) {
        try {
            synchronized (writing) {
                Frames.writeRequest(channel, frame);
            }
        } catch (ProtocolException e) {
            answer.completeExceptionally(new EngineException("ask the helper", String.valueOf(e.getMessage()), e));
        } catch (IOException e) {
            // The reading thread may know why the helper closed the connection.
            EngineException over = closeReason;
            if (over != null) {
                answer.completeExceptionally(over);
            }
        }
    }

    private Reply await(CompletableFuture<Reply> answer, Duration silence)
            throws EngineException, ExecutionException, InterruptedException {
        long last = framesRead;
        for (long left = silence.toMillis(); left > 0; left -= POLL_MILLIS) {
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (framesRead != last) {
                    last = framesRead;
                    left = silence.toMillis();
                }
            }
        }
        throw notResponding("ask the helper");
    }

    @SuppressWarnings("unchecked") // the helper answers each verb with its own reply, see Request
    private static <R extends Reply> Answer<R> toAnswer(Reply reply) throws EngineException {
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
                    Reply.Counters _,
                    Reply.ListenerList _,
                    Reply.Netns _,
                    Reply.Probed _,
                    Reply.ContainerPresence _,
                    Reply.HostLinks _,
                    Reply.GoneEngineRules _,
                    Reply.LogChunk _,
                    Reply.Done _ -> new Answer.Granted<>((R) reply);
        };
    }

    /// Hears the events of a connection on threads that must not be blocked.
    public interface Subscriber {
        void onEvent(Event event);

        /// The helper became silent, or answers again.
        ///
        /// @param answers false at first
        void onResponding(boolean answers);

        /// Called once, when the helper goes away or the connection is closed.
        void onDisconnected(EngineException reason);
    }

    /// Subscribes to events.
    public void subscribe(Subscriber subscriber) throws EngineException {
        eventListener = subscriber::onEvent;
        disconnected = subscriber::onDisconnected;
        call(new Request.Subscribe());
        Thread.ofVirtual().name("helper-silence").start(() -> watchResponses(subscriber));
    }

    private void watchResponses(Subscriber subscriber) {
        long last = framesRead;
        int silent = 0;
        try {
            while (closeReason == null) {
                Thread.sleep(WATCH_INTERVAL_MILLIS);
                if (framesRead == last) {
                    silent++;
                    if (silent == MISSED_INTERVALS && closeReason == null) {
                        subscriber.onResponding(false);
                    }
                } else {
                    last = framesRead;
                    if (silent >= MISSED_INTERVALS) {
                        subscriber.onResponding(true);
                    }
                    silent = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes it
    private void read() {
        EngineException reason =
                new EngineException("listen to the helper", "it went away", EngineException.Kind.DISCONNECTED, null);
        try {
            ServerFrame frame = Frames.readServerFrame(channel);
            while (frame != null) {
                framesRead++;
                if (frame instanceof Rejected(Refusal refusal)) {
                    reason = new EngineException(
                            "connect to the helper", refusal.sentence(), EngineException.Kind.REJECTED, null);
                }
                dispatch(frame);
                frame = Frames.readServerFrame(channel);
            }
        } catch (IOException e) {
            if (reason.kind() != EngineException.Kind.REJECTED) {
                reason = new EngineException(
                        "listen to the helper", "the connection broke", EngineException.Kind.DISCONNECTED, e);
            }
        }
        closeReason = reason;
        for (CompletableFuture<Reply> answer : pending.values()) {
            answer.completeExceptionally(reason);
        }
        Consumer<EngineException> told = disconnected;
        if (told != null) {
            told.accept(reason);
        }
    }

    private void dispatch(ServerFrame frame) {
        switch (frame) {
            case ReplyFrame(long id, Reply reply) -> {
                CompletableFuture<Reply> answer = pending.get(id);
                if (answer != null) {
                    answer.complete(reply);
                }
            }
            case EventFrame(Event event) -> {
                Consumer<Event> listener = eventListener;
                if (listener != null) {
                    listener.accept(event);
                }
            }
            case KeepAlive _, Rejected _ -> {
                // A keep-alive has no content; it only resets the silence.
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is closed even then.
            closeReason = new EngineException("close the connection", "the kernel refused", e);
        }
    }
}
