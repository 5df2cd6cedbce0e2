package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelperClientConnectTest {
    private static final int ROUNDS = 2_000;

    @TempDir
    Path directory;

    /// Only a helper that listens can have a full queue of connections. One that made its socket while somebody
    /// connected was taken for such a helper, and said to be up before it listened.
    @Test
    void aSocketThatIsBeingMadeIsNeverAFullQueue() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                Path socket = directory.resolve(round + ".sock");
                Future<ServerSocketChannel> made = other.submit(() -> bind(socket));
                while (!connects(socket)) {
                    Thread.onSpinWait();
                }
                made.get().close();
            }
        }
    }

    private static boolean connects(Path socket) {
        try (SocketChannel channel = HelperClient.tryConnect(socket).orElse(null)) {
            assertThat(Optional.ofNullable(channel)).as(socket.toString()).isPresent();
            return true;
        } catch (IOException nothingListensYet) {
            return false;
        }
    }

    private static ServerSocketChannel bind(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return server;
    }
}
