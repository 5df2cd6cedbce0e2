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

/// Questions over TCP: a virtual thread for each connection, and few connections for each asker.
final class TcpConnections {
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_OF_ONE_ASKER = 32;
    private static final int IDLE_MILLIS = 10_000;
    private static final int LENGTH_BYTES = 2;

    private final DnsPacketHandler conversation;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<InetAddress, Integer> byAsker = new ConcurrentHashMap<>();

    TcpConnections(DnsPacketHandler conversation) {
        this.conversation = conversation;
    }

    /// Takes the connection over, or closes it.
    void serve(SocketChannel channel, Id network, InetAddress source) throws IOException {
        if (!places.tryAcquire()) {
            channel.close();
            return;
        }
        if (byAsker.merge(source, 1, Integer::sum) > MOST_OF_ONE_ASKER) {
            leave(source);
            channel.close();
            return;
        }
        Thread.ofVirtual().name("connection").start(() -> {
            try (channel) {
                channel.configureBlocking(true);
                talk(channel, network, source);
            } catch (IOException e) {
                // The asker went away, sent half a question or was silent too long: its loss.
                return;
            } finally {
                leave(source);
            }
        });
    }

    private void leave(InetAddress source) {
        byAsker.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
        places.release();
    }

    /// Until the asker closes it, which is an end of the stream.
    private void talk(SocketChannel channel, Id network, InetAddress source) throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout(IDLE_MILLIS);
        DataInputStream questions = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        while (true) {
            byte[] question = new byte[questions.readUnsignedShort()];
            questions.readFully(question);
            byte[] answer = await(question, network, source);
            if (answer.length == 0) {
                return;
            }
            ByteBuffer framed = ByteBuffer.allocate(LENGTH_BYTES + answer.length);
            framed.putShort((short) answer.length).put(answer).flip();
            socket.getOutputStream().write(framed.array());
        }
    }

    private byte[] await(byte[] question, Id network, InetAddress source) throws IOException {
        try {
            byte[] answer = conversation
                    .answer(question, network, source, true)
                    .toCompletableFuture()
                    .get();
            return answer == null ? new byte[0] : answer;
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("no answer", e);
        }
    }
}
