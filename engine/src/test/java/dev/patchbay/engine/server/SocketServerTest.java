package dev.patchbay.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.auth.PeerCheck;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.RequestFrame;
import dev.patchbay.engine.protocol.ServerFrame;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who gets in at the helper's socket, and what one that behaves badly can do to the others: nothing.
class SocketServerTest {
    private static final Reply.Welcome WELCOME = new Reply.Welcome("1", 1, 0);

    @TempDir
    private Path directory;

    private final Subscribers subscribers = new Subscribers();
    private final RequestMemory memory = new RequestMemory();
    private Path socket;
    private SocketServer server;
    private Thread serving;

    @BeforeEach
    void bind() throws Exception {
        socket = directory.resolve("helper.sock");
        server = SocketServer.bind(socket, PeerCheck.ownerOnly());
        serving = Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        server.run((channel, peer) -> new ClientConnection(
                channel, memory.shareOf(peer.user()), SocketServerTest::reply, subscribers, server::stop));
    }

    private static Reply reply(Request<?> request) {
        if (request instanceof Request.AutoRepair) {
            work();
        }
        return request instanceof Request.Hello ? WELCOME : new Reply.Done();
    }

    /// Longer than a client bears with a helper that says nothing.
    private static void work() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void workThatTakesLongIsNotSilence() throws Exception {
        try (HelperClient client = HelperClient.connect(socket)) {
            assertThat(client.call(new Request.AutoRepair(true))).isInstanceOf(Answer.Granted.class);
            assertThat(client.call(new Request.Hello())).isEqualTo(new Answer.Granted<>(WELCOME));
        }
    }

    @AfterEach
    void close() throws Exception {
        assertThat(serving.isAlive()).isTrue();
        server.close();
        serving.join();
        assertThat(socket).doesNotExist();
    }

    private void assertItStillAnswers() throws EngineException {
        try (HelperClient client = HelperClient.connect(socket)) {
            assertThat(client.call(new Request.Hello())).isEqualTo(new Answer.Granted<>(WELCOME));
        }
    }

    @Test
    void isReadableAndWritableForItsOwnerAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertItStillAnswers();
    }

    /// Even where file permissions would let it through.
    @Test
    void turnsAnotherUserAway() throws Exception {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        assumeTrue(root || System.getenv("CI") != null, "only root can be another user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(asNobody("test", "-w", socket.toString())).isZero();
        assertThat(asNobody("curl", "-s", "--max-time", "5", "--unix-socket", socket.toString(), "http://helper/"))
                .as("closed before curl saw it open, before it had written, or before it could read")
                .isIn(7, 52, 55, 56);
        assertItStillAnswers();
    }

    /// However many connections a stranger makes, one line a minute says so.
    @Test
    void refusedConnectionsDoNotFillTheLog() {
        Logger logger = Logger.getLogger(RejectionLog.class.getName());
        List<LogRecord> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord one) {
                logged.add(one);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            RejectionLog refused = new RejectionLog();
            for (int i = 0; i < 100_000; i++) {
                refused.add("the user is not admitted");
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).hasSizeBetween(1, 3);
    }

    private static int asNobody(String... command) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        words.addAll(List.of(command));
        return new ProcessBuilder(words).start().waitFor();
    }

    /// Neither one that is idle nor one that never said a word keeps another out.
    @Test
    void idleConnectionsTurnNobodyAway() throws Exception {
        List<HelperClient> clients = new ArrayList<>();
        try (HelperClient used = HelperClient.connect(socket)) {
            for (int i = 0; i < ConnectionLimit.MAX_PER_USER + 50; i++) {
                clients.add(HelperClient.connect(socket));
                if (i % 2 == 0) {
                    clients.getLast().call(new Request.Hello());
                }
                assertThat(used.call(new Request.Hello())).isEqualTo(new Answer.Granted<>(WELCOME));
                if (i == 200) {
                    assertThat(clients.getFirst().call(new Request.Hello())).isEqualTo(new Answer.Granted<>(WELCOME));
                }
            }
            assertItStillAnswers();
        } finally {
            clients.forEach(HelperClient::close);
        }
    }

    @Test
    void subscribersAreNotIdle() throws Exception {
        List<HelperClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < ConnectionLimit.MAX_PER_USER; i++) {
                clients.add(HelperClient.connect(socket));
                clients.getLast().call(new Request.Subscribe());
            }
            try (HelperClient tooMany = HelperClient.connect(socket)) {
                assertThatThrownBy(() -> tooMany.call(new Request.Hello()))
                        .isInstanceOfSatisfying(
                                EngineException.class,
                                e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.REJECTED))
                        .hasMessageContaining(ConnectionLimit.MAX_PER_USER + " connections of this user already");
            }
            assertThat(clients.getFirst().call(new Request.Hello())).isEqualTo(new Answer.Granted<>(WELCOME));
        } finally {
            clients.forEach(HelperClient::close);
        }
        await().ignoreException(EngineException.class).untilAsserted(this::assertItStillAnswers);
    }

    @Test
    void aFrameThatIsTooLongOrNoneIsRefusedAndEndsItsConnectionOnly() throws Exception {
        try (HelperClient other = HelperClient.connect(socket)) {
            other.call(new Request.Hello());
            for (int length : new int[] {Integer.MAX_VALUE, -1, 0, Frames.MAX_REQUEST + 1}) {
                assertThat(answersTo(ByteBuffer.allocate(4).putInt(length)))
                        .containsExactly(
                                "a frame of " + Integer.toUnsignedString(length) + " bytes; 1 to 1048576 are allowed");
            }
            for (String text : List.of("{\"verb\":\"format\"}", "{\"id\":1,", "\u0000", "x".repeat(1000))) {
                assertThat(answersTo(framed(text.getBytes(StandardCharsets.UTF_8))))
                        .singleElement()
                        .asString()
                        .startsWith("not a frame: ");
            }
            assertThat(answersTo(framed(new byte[] {'"', (byte) 0xff, '"'})))
                    .containsExactly("not a frame: it is not UTF-8");
            assertThat(other.call(new Request.Hello())).isEqualTo(new Answer.Granted<>(WELCOME));
        }
    }

    /// What stands behind it was not read: whoever still writes hears why as well.
    @Test
    void aClientWhoseFrameIsNotReadHearsWhy() throws Exception {
        ByteBuffer much = ByteBuffer.allocate(8 << 20).putInt(8 << 20);
        assertThat(answersTo(much.position(much.limit())))
                .containsExactly("a frame of 8388608 bytes; 1 to 1048576 are allowed");
        assertItStillAnswers();
    }

    /// Of a user's requests that have come in part, so many are read as there is room for; the others are refused,
    /// and short ones always have a place.
    @Test
    void requestsThatNeverEndTakeNoMoreThanThereIsRoomFor() throws Exception {
        byte[] part = new byte[900_000];
        ByteBuffer begun =
                ByteBuffer.allocate(4 + part.length).putInt(Frames.MAX_REQUEST).put(part);
        List<SocketChannel> all = new ArrayList<>();
        List<SocketChannel> refused = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                all.add(channel);
                Thread.ofVirtual().start(() -> send(channel, begun.duplicate().flip()));
                Thread.ofVirtual().start(() -> {
                    if (!sentences(channel).isEmpty()) {
                        synchronized (refused) {
                            refused.add(channel);
                        }
                    }
                });
            }
            await().untilAsserted(() -> {
                synchronized (refused) {
                    assertThat(refused).hasSizeGreaterThanOrEqualTo(18);
                }
            });
            assertItStillAnswers();
        } finally {
            for (SocketChannel channel : all) {
                channel.close();
            }
        }
        await().ignoreException(EngineException.class).untilAsserted(() -> {
            try (HelperClient client = HelperClient.connect(socket)) {
                assertThat(client.call(large())).isInstanceOf(Answer.Granted.class);
            }
        });
    }

    private static Request.Apply large() {
        return new Request.Apply(
                new SpecChange(List.of(), List.of()),
                0,
                "x".repeat(1_000_000),
                ActivityKind.ACTION,
                0,
                StopMode.GRACEFUL);
    }

    private static ByteBuffer framed(byte[] text) {
        return ByteBuffer.allocate(4 + text.length).putInt(text.length).put(text);
    }

    /// The sentences of all frames that come back until the connection ends.
    private List<String> answersTo(ByteBuffer bytes) throws IOException {
        try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(peer, bytes.flip());
            return sentences(peer);
        }
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException closed) {
            // What the helper said before is there to be read.
            assertThat(channel.isConnected()).isTrue();
        }
    }

    private static List<String> sentences(SocketChannel channel) {
        List<String> sentences = new ArrayList<>();
        try {
            for (ServerFrame frame = Frames.readServerFrame(channel);
                    frame != null;
                    frame = Frames.readServerFrame(channel)) {
                sentences.add(frame instanceof ServerFrame.Rejected(Refusal refusal) ? refusal.sentence() : "" + frame);
            }
        } catch (IOException reset) {
            return sentences;
        }
        return sentences;
    }

    @Test
    void answersBeforeItIsGreeted() throws Exception {
        try (HelperClient client = HelperClient.connect(socket)) {
            assertThat(client.call(new Request.Listeners(PortRange.ALL))).isInstanceOf(Answer.Granted.class);
        }
    }

    @Test
    void cutsOffASubscriberThatNeverReads() throws Exception {
        try (SocketChannel deaf = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.connect(UnixDomainSocketAddress.of(socket));
            Frames.writeRequest(deaf, new RequestFrame(1, new Request.Subscribe()));
            assertThat(Frames.readServerFrame(deaf)).isNotNull();

            // More than its socket and its queue hold.
            for (int i = 0; i < 200_000; i++) {
                subscribers.announce(new Event.KernelChanged());
            }

            assertThat(drained(deaf)).isLessThan(200_000 * 20);
            assertItStillAnswers();
        }
    }

    /// What is refused does not happen all the same.
    @Test
    void aRefusedStopOrSubscriptionDoesNothing() throws Exception {
        Path other = directory.resolve("refusing.sock");
        Reply refused = new Reply.Refused(Refusal.of("needs-root", "No."));
        Subscribers none = new Subscribers();
        SocketServer refusing = SocketServer.bind(other, PeerCheck.ownerOnly());
        Thread thread = Thread.ofVirtual()
                .start(() -> refusing.run((channel, peer) -> new ClientConnection(
                        channel, memory.shareOf(peer.user()), _ -> refused, none, refusing::stop)));
        try (HelperClient client = HelperClient.connect(other)) {
            assertThat(client.call(new Request.Stop())).isInstanceOf(Answer.Refused.class);
            assertThat(client.call(new Request.Subscribe())).isInstanceOf(Answer.Refused.class);
            none.announce(new Event.KernelChanged());
            assertThat(client.call(new Request.Hello())).isInstanceOf(Answer.Refused.class);
        }
        try (HelperClient again = HelperClient.connect(other)) {
            assertThat(again.call(new Request.Hello())).isInstanceOf(Answer.Refused.class);
        }
        refusing.close();
        thread.join();
    }

    /// The number of bytes that were under way before the connection ended.
    private static int drained(SocketChannel channel) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        int all = 0;
        try {
            for (int got = channel.read(bytes); got >= 0; got = channel.read(bytes.clear())) {
                all += got;
            }
        } catch (IOException reset) {
            return all;
        }
        return all;
    }
}
