package dev.patchbay.core.docker.transport;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A socket of this user's alone, each connection to which is carried on to an engine elsewhere. The socket goes with
/// this, or with the program.
public final class Relay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int BUFFER = 1 << 16;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// What the name of a relay's directory begins with, and that of the socket in it.
    static final String DIRECTORY = "patchbay-";

    static final String SOCKET = "engine.sock";

    private final Dialer dialer;
    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Thread atExit = new Thread(this::remove, "docker-relay-end");
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private volatile String lastError = "";

    private Relay(Dialer dialer, Path directory) throws IOException {
        this.dialer = dialer;
        this.directory = directory;
        this.socket = directory.resolve(SOCKET);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// The way to an engine, or empty where the transport finds it itself.
    ///
    /// @param address as `ssh://me@far.example`
    /// @param tls null for none
    /// @throws EngineException when the files of TLS are not what they should be, in a sentence
    public static Optional<Relay> forAddress(String address, @Nullable TlsFiles tls) throws EngineException {
        Optional<SshAddress> ssh = SshAddress.of(address);
        if (ssh.isPresent()) {
            return Optional.of(open(new SshDialer(ssh.get())));
        }
        return tls == null ? Optional.empty() : Optional.of(open(TlsDialer.of(address, tls)));
    }

    private static Relay open(Dialer dialer) throws EngineException {
        return open(dialer, RelayDirectory.of(Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "")));
    }

    /// @param base where the socket gets a directory of its own
    static Relay open(Dialer dialer, Path base) throws EngineException {
        try {
            Relay relay = listen(
                    dialer,
                    Files.createTempDirectory(
                            base,
                            DIRECTORY,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
            Runtime.getRuntime().addShutdownHook(relay.atExit);
            Thread.ofPlatform().daemon().name("docker-relay").start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw EngineException.of("make a socket in " + base, e);
        }
    }

    private static Relay listen(Dialer dialer, Path directory) throws IOException {
        try {
            return new Relay(dialer, directory);
        } catch (IOException e) {
            Files.deleteIfExists(directory);
            throw e;
        }
    }

    /// As the transport takes it.
    public URI address() {
        return URI.create("unix://" + socket);
    }

    /// Why a connection could not be had, or broke, in a sentence; empty when the engine has answered since.
    public String lastError() {
        return lastError;
    }

    /// What cannot be accepted now, say for want of file descriptors, can be later, and its client waits.
    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                clients.add(client);
                Thread.ofPlatform().daemon().name("docker-relay-in").start(() -> serve(client));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection was not accepted", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /// The complaint is there before the client sees the end.
    private void serve(SocketChannel client) {
        try (client) {
            connect(client);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection did not close", e);
        } finally {
            clients.remove(client);
        }
    }

    private void connect(SocketChannel client) {
        try (Dialer.Connection line = dialer.connect()) {
            AtomicBoolean hungUp = new AtomicBoolean();
            Thread.ofPlatform().daemon().name("docker-relay-out").start(() -> send(client, line, hungUp));
            String ending = receive(line, client);
            if (!hungUp.get()) {
                lastError = ending;
            }
        } catch (IOException e) {
            lastError = String.valueOf(e.getMessage());
        }
    }

    /// What was complained of is over once something comes: ssh that has started, or a handshake that succeeded, is
    /// no answer yet.
    private String receive(Dialer.Connection line, SocketChannel client) {
        byte[] bytes = new byte[BUFFER];
        InputStream in = line.in();
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                lastError = "";
                ByteBuffer part = ByteBuffer.wrap(bytes, 0, count);
                if (!writeAll(part, client)) {
                    return "";
                }
            }
            return line.failureReason();
        } catch (IOException e) {
            return line.failureReason(e);
        }
    }

    private static boolean writeAll(ByteBuffer part, SocketChannel client) {
        try {
            while (part.hasRemaining()) {
                client.write(part);
            }
            return true;
        } catch (IOException clientGone) {
            return false;
        }
    }

    private static void send(SocketChannel client, Dialer.Connection line, AtomicBoolean hungUp) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (read(client, buffer)) {
            try {
                line.out().write(buffer.array(), 0, buffer.position());
                line.out().flush();
            } catch (IOException broken) {
                // Whoever receives learns why.
                return;
            }
            buffer.clear();
        }
        // HTTP closes a connection in both directions at once.
        hungUp.set(true);
        line.close();
    }

    /// Whether there was something.
    private static boolean read(SocketChannel client, ByteBuffer buffer) {
        try {
            return client.read(buffer) >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (SocketChannel client : clients) {
                client.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a socket did not close", e);
        }
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            LOG.log(System.Logger.Level.DEBUG, "the program ends", ending);
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a socket stays", e);
        }
    }
}
