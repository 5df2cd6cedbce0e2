package dev.patchbay.core.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.engine.EngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The frames of a log, and why docker-java's reader does not read them (decision 0012).
class LogFrameReaderTest {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /// The engine's own, as `Error grabbing logs: …` where it cannot read a line of its file.
    private static final int SYSTEM_ERROR = 3;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void frame(int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        log.writeBytes(ByteBuffer.allocate(8)
                .put(0, (byte) type)
                .putInt(4, bytes.length)
                .array());
        log.writeBytes(bytes);
    }

    private static LogFrameReader reader(byte[] bytes, int length) {
        return new LogFrameReader(
                new ByteArrayInputStream(bytes, 0, length), reason -> new EngineException("read", "failed", reason));
    }

    private void copy() throws EngineException, IOException {
        reader(log.toByteArray(), log.size()).copy(out, err);
    }

    @Test
    void eachStreamGetsItsFrames() throws Exception {
        frame(STDOUT, "one\n");
        frame(STDERR, "two\n");
        frame(STDOUT, "x".repeat(200_000) + "\n");
        copy();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n" + "x".repeat(200_000) + "\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("two\n");
    }

    /// To docker-java such a frame is the beginning of a log without frames: all headers from there on are text.
    @Test
    void aLineOfTheEnginesOwnIsReadLikeOthers() throws Exception {
        frame(STDOUT, "one\n");
        frame(SYSTEM_ERROR, "Error grabbing logs: invalid character\n");
        frame(STDERR, "two\n");
        copy();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\nError grabbing logs: invalid character\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("two\n");

        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try (FakeEngine server = new FakeEngine();
                DockerEngine engine = server.connect()) {
            server.answer("/containers/web/logs", exchange -> {
                exchange.sendResponseHeaders(200, log.size());
                log.writeTo(exchange.getResponseBody());
            });
            engine.run(
                    engine.commands().logContainerCmd("web").withStdOut(true),
                    frame -> taken.writeBytes(frame.getPayload()));
        }
        assertThat(taken.toString(StandardCharsets.UTF_8)).contains("\003\0\0\0", "\002\0\0\0");
    }

    /// docker-java says nothing of it.
    @Test
    void aLogThatEndsWithinALineIsBroken() {
        frame(STDOUT, "one\n");
        frame(STDOUT, "two");
        byte[] whole = log.toByteArray();
        assertThatThrownBy(() -> reader(whole, whole.length - 1).copy(out, err))
                .isInstanceOf(EngineException.class)
                .hasCauseInstanceOf(EOFException.class);
    }

    /// docker-java looks at the first byte, which may be a program's own.
    @Test
    void aTerminalsLogIsCopiedAsItIs() throws Exception {
        log.writeBytes("\001\0\0\0\0\0\0\7one\n".getBytes(StandardCharsets.UTF_8));
        reader(log.toByteArray(), log.size()).copyPlain(out);
        assertThat(out.toByteArray()).isEqualTo(log.toByteArray());
    }
}
