package dev.patchbay.engine.client;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Stands for a helper: accepts connections, does nothing. Says in `environment` what it was started with.
final class SocketMain {
    private SocketMain() {}

    public static void main(String[] args) throws Exception {
        Path lab = Path.of(args[1]);
        if (Files.exists(lab.resolve("fail"))) {
            System.err.println("the journal is broken");
            System.exit(1);
        }
        Files.writeString(
                lab.resolve("environment"), String.join("\n", System.getenv().keySet()));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(lab.resolve("helper.sock")));
            while (true) {
                server.accept().close();
            }
        }
    }
}
