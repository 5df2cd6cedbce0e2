package dev.patchbay.engine.client;

import dev.patchbay.engine.Version;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.RequestFrame;
import dev.patchbay.engine.protocol.ServerFrame;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Stands for a helper: says who it is, stops when asked, does nothing else. Says in `environment` what it was
/// started with. The file `version` makes it one of another version, the file `fail` makes it end at once.
public final class StubHelperMain {
    private StubHelperMain() {}

    public static void main(String[] args) throws Exception {
        Path lab = Path.of(args[1]);
        if (Files.exists(lab.resolve("fail"))) {
            System.err.println("the journal is broken");
            System.exit(1);
        }
        Files.writeString(
                lab.resolve("environment"), String.join("\n", System.getenv().keySet()));
        Path other = lab.resolve("version");
        String version = Files.exists(other) ? Files.readString(other) : Version.current();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(lab.resolve("helper.sock")));
            while (true) {
                try (SocketChannel peer = server.accept()) {
                    answer(peer, version);
                } catch (IOException aClientWentAway) {
                    System.err.println(aClientWentAway);
                }
            }
        }
    }

    private static void answer(SocketChannel peer, String version) throws IOException {
        RequestFrame frame = Frames.readRequest(peer, _ -> {});
        if (frame != null && frame.request() instanceof Request.Hello) {
            Frames.writeServerFrame(
                    peer,
                    new ServerFrame.ReplyFrame(
                            frame.id(),
                            new Reply.Welcome(version, ProcessHandle.current().pid(), 0)));
        }
        if (frame != null && frame.request() instanceof Request.Stop && !version.equals("deaf")) {
            System.exit(0);
        }
    }
}
