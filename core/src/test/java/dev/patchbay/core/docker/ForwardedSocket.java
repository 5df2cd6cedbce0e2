package dev.patchbay.core.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A socket that leads to another one, as `ssh -L` and `socat` make it, until this is closed.
final class ForwardedSocket implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path socket;
    private final Path target;
    private final String last;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /// @param last how the request begins at which the way breaks, as `DELETE`; empty for none
    ForwardedSocket(Path socket, Path target, String last) throws IOException {
        this.socket = socket;
        this.target = target;
        this.last = last;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("forwarded socket").start(this::accept);
    }

    String address() {
        return "unix://" + socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                open.add(client);
                SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
                open.add(engine);
                engine.connect(UnixDomainSocketAddress.of(target));
                Thread.ofPlatform().daemon().start(() -> copy(client, engine, true));
                Thread.ofPlatform().daemon().start(() -> copy(engine, client, false));
            }
        } catch (ClosedChannelException closed) {
            // The end.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void copy(SocketChannel from, SocketChannel to, boolean requests) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (from;
                to) {
            while (from.read(chunk.clear()) >= 0) {
                chunk.flip();
                if (requests && !last.isEmpty() && text(chunk).startsWith(last)) {
                    close();
                    return;
                }
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
            }
        } catch (IOException ended) {
            // One side has gone; the other goes with it.
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
        Files.deleteIfExists(socket);
    }
}
