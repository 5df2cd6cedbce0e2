package dev.patchbay.engine.server;

import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.auth.PeerCheck;
import dev.patchbay.engine.auth.PeerCredentials;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.ServerFrame;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A listening socket of the helper. A Lab's has mode 0600 in a directory that only its owner may enter.
/// This machine's is open to everybody, and [PeerCheck] decides. The group and mode of systemd's are in
/// its unit.
///
/// Each connection has a virtual thread of its own, so serving one never blocks another.
final class SocketServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SocketServer.class.getName());
    private static final int PAUSE_MILLIS = 100;

    private static final Refusal TOO_MANY = new Refusal(
            Refusal.TOO_MANY_CONNECTIONS,
            "The helper serves " + ConnectionLimit.MAX_PER_USER + " connections of this user already.",
            "Try again when one of them has ended.");

    private static final String OWNER_MODE = "rw-------";
    private static final String EVERYONE_MODE = "rw-rw-rw-";

    private final @Nullable Path path;
    private final ServerSocketChannel listening;
    private final PeerCheck peers;
    private final ConnectionLimit open = new ConnectionLimit();
    private final RejectionLog rejections = new RejectionLog();

    private SocketServer(@Nullable Path path, ServerSocketChannel listening, PeerCheck peers) {
        this.path = path;
        this.listening = listening;
        this.peers = peers;
    }

    /// Binds a temporary name and renames it, so that every socket at this path accepts connections.
    static SocketServer bind(Path path, PeerCheck peers) throws IOException {
        return bind(path, peers, OWNER_MODE);
    }

    /// As [#bind], with access for several users.
    static SocketServer bindForMany(Path path, PeerCheck peers) throws IOException {
        return bind(path, peers, EVERYONE_MODE);
    }

    /// A socket that systemd opened before this process started, and passed as standard input.
    static Optional<SocketServer> inherited(PeerCheck peers) throws IOException {
        return System.inheritedChannel() instanceof ServerSocketChannel listening
                ? Optional.of(new SocketServer(null, listening, peers))
                : Optional.empty();
    }

    private static SocketServer bind(Path path, PeerCheck peers, String mode) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(fresh));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        return new SocketServer(path, listening, peers);
    }

    /// Accepts until [#close]; each connection is served on a thread of its own.
    void run(BiFunction<SocketChannel, PeerCredentials, ClientConnection> connections) {
        while (listening.isOpen()) {
            try {
                accept(listening.accept(), connections);
            } catch (ClosedChannelException closed) {
                LOG.log(Level.DEBUG, "no more connections");
            } catch (IOException e) {
                // For example without a free file descriptor: waiting clients are accepted when there is
                // one.
                rejections.add(String.valueOf(e.getMessage()));
                LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
            }
        }
    }

    /// Tells a client of an admitted user the reason, so that it does not think that the helper is about
    /// to end.
    private static void reject(SocketChannel channel) {
        try (channel) {
            // Never blocks, because nothing else was written to this socket.
            Frames.writeServerFrame(channel, new ServerFrame.Rejected(TOO_MANY));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client went away", e);
        }
    }

    private void accept(SocketChannel channel, BiFunction<SocketChannel, PeerCredentials, ClientConnection> connections)
            throws IOException {
        Optional<PeerCredentials> peer = identifyPeer(channel);
        if (peer.isEmpty()) {
            rejections.add("the user is not admitted");
            channel.close();
            return;
        }
        UserPrincipal user = peer.get().user();
        ClientConnection connection = connections.apply(channel, peer.get());
        if (!open.add(user, connection)) {
            rejections.add(user.getName() + " uses " + ConnectionLimit.MAX_PER_USER + " at once");
            reject(channel);
            return;
        }
        Thread.ofVirtual().name("connection").start(() -> {
            try {
                connection.serve();
            } finally {
                connection.close();
                open.remove(user, connection);
            }
        });
    }

    /// Refuses peers whose uid is unknown or not admitted.
    private Optional<PeerCredentials> identifyPeer(SocketChannel channel) {
        try {
            return Optional.of(peers.identify(channel)).filter(peer -> peer.role() != PeerCredentials.Role.STRANGER);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the kernel does not say who it is", e);
            return Optional.empty();
        }
    }

    /// Makes [#run] return.
    void stop() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the socket did not close cleanly", e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }
}
