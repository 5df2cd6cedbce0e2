package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// Queries over TCP: a virtual thread for each connection, and a limited number of connections for each
/// client.
final class TcpConnections {
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_CONNECTIONS_PER_CLIENT = 32;
    private static final int IDLE_MILLIS = 10_000;
    private static final int LENGTH_BYTES = 2;

    private final DnsPacketHandler handler;
    private final Semaphore slots = new Semaphore(MAX_CONNECTIONS);
    private final Map<InetAddress, Integer> byClient = new ConcurrentHashMap<>();

    TcpConnections(DnsPacketHandler packetHandler) {
        this.handler = packetHandler;
    }

    /// Serves the connection, or closes it at the limit.
    void serve(SocketChannel channel, Id network, InetAddress source) throws IOException {
        if (!slots.tryAcquire()) {
            channel.close();
            return;
        }
        if (byClient.merge(source, 1, Integer::sum) > MAX_CONNECTIONS_PER_CLIENT) {
            release(source);
            channel.close();
            return;
        }
        Thread.ofVirtual().name("connection").start(() -> {
            try (channel) {
                channel.configureBlocking(true);
                serveQueries(channel, network, source);
            } catch (IOException e) {
                // The client disconnected, sent an incomplete query or was silent for too long.
                return;
            } finally {
                release(source);
            }
        });
    }

    private void release(InetAddress source) {
        byClient.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
        slots.release();
    }

    /// Until the client closes the connection.
    private void serveQueries(SocketChannel channel, Id network, InetAddress source) throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout(IDLE_MILLIS);
        DataInputStream questions = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        while (true) {
            byte[] question = new byte[questions.readUnsignedShort()];
            questions.readFully(question);
            byte[] answer = awaitAnswer(question, network, source);
            if (answer.length == 0) {
                return;
            }
            ByteBuffer framed = ByteBuffer.allocate(LENGTH_BYTES + answer.length);
            framed.putShort((short) answer.length).put(answer).flip();
            socket.getOutputStream().write(framed.array());
        }
    }

    private byte[] awaitAnswer(byte[] question, Id network, InetAddress source) throws IOException {
        try {
            byte[] answer = handler.answer(question, network, source, true)
                    .toCompletableFuture()
                    .get();
            return answer == null ? new byte[0] : answer;
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("no answer", e);
        }
    }
}
