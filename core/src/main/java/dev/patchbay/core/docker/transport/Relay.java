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

/// A socket that only this user can open. Each connection to it is relayed to an engine on another
/// machine. The socket is removed with this object, or with the program.
public final class Relay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int BUFFER = 1 << 16;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// The prefix of the name of a relay's directory, and the name of its socket.
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

    /// The relay to an engine; empty when the transport reaches it directly.
    ///
    /// @param address as `ssh://me@far.example`
    /// @param tls null for none
    /// @throws EngineException with a sentence, when the TLS files are invalid
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

    /// @param base directory in which the socket gets a directory of its own
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

    /// In the form that the transport takes.
    public URI address() {
        return URI.create("unix://" + socket);
    }

    /// Why a connection failed, in a sentence; empty when the engine has answered since.
    public String lastError() {
        return lastError;
    }

    /// After a failure to accept, for example without free file descriptors, it tries again, and the
    /// client waits.
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

    /// The error is stored before the client sees the end.
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

    /// The error is cleared after the first bytes: a started ssh, or a handshake, is no answer yet.
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
                // The receiving thread gets the reason.
                return;
            }
            buffer.clear();
        }
        // HTTP closes a connection in both directions at once.
        hungUp.set(true);
        line.close();
    }

    /// Whether there were bytes.
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
