package dev.patchbay.engine.helper;

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
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The helper's socket, mode 0600 in a directory that only its owner may enter.
///
/// Each connection has a virtual thread of its own, so serving one never blocks another.
final class SocketServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SocketServer.class.getName());
    private static final int MAX_CONNECTIONS = 64;

    private final Path path;
    private final ServerSocketChannel listening;
    private final PeerCheck peers;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);

    private SocketServer(Path path, ServerSocketChannel listening, PeerCheck peers) {
        this.path = path;
        this.listening = listening;
        this.peers = peers;
    }

    /// Binds a name of its own and moves it into place, so that a path that can be connected to always answers.
    static SocketServer bind(Path path, PeerCheck peers) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(fresh));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        return new SocketServer(path, listening, peers);
    }

    /// Accepts until [#close]; `serve` runs on the connection's own thread.
    void run(Consumer<SocketChannel> serve) throws IOException {
        try {
            while (true) {
                SocketChannel peer = listening.accept();
                if (!permits(peer) || !places.tryAcquire()) {
                    LOG.log(Level.WARNING, "a connection was turned away: not the owner, or too many at once");
                    peer.close();
                    continue;
                }
                Thread.ofVirtual().name("connection").start(() -> {
                    try (peer) {
                        serve.accept(peer);
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "a connection did not close cleanly", e);
                    } finally {
                        places.release();
                    }
                });
            }
        } catch (ClosedChannelException closed) {
            LOG.log(Level.DEBUG, "no more connections");
        }
    }

    /// One that cannot be named is nobody.
    private boolean permits(SocketChannel peer) {
        try {
            return peers.permits(peer);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the kernel does not say who it is", e);
            return false;
        }
    }

    /// Lets [#run] return.
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
        Files.deleteIfExists(path);
    }
}
