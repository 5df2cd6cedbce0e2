package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The log of an engine's container, copied as it comes.
class EngineLogTest extends RealEngineTest {
    private static final LogQuery ALL = new LogQuery(LogQuery.ALL, false);
    private static final int LINES = 500_000;
    private static final int LINE = 100;

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void isOver(String name) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> inspected(name, ".State.Running").equals("false"));
    }

    /// 50 MB, which took minutes when the whole log was asked for again for each part of it.
    @Test
    void aLongLogIsReadOnceAndNeverHeld() throws Exception {
        engine.docker(
                "run",
                "-d",
                "--name",
                "talker",
                IMAGE,
                "sh",
                "-c",
                "busybox yes \"$(busybox printf '%099d' 7)\" | busybox head -n " + LINES);
        isOver("talker");
        AtomicLong bytes = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int one) {
                bytes.incrementAndGet();
            }

            @Override
            public void write(byte[] all, int offset, int length) {
                bytes.addAndGet(length);
                longest.accumulateAndGet(length, Math::max);
            }
        };
        long begun = System.nanoTime();
        engine.onHost("docker -H " + engine.address() + " logs talker >/dev/null");
        long once = System.nanoTime() - begun;
        begun = System.nanoTime();
        controller.log("talker", ALL, counting, OutputStream.nullOutputStream());
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Duration.ofNanos(once).multipliedBy(10).plus(PATIENCE));
        assertThat(bytes).hasValue((long) LINES * LINE);
        assertThat(longest.get()).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void bothStreamsArriveApartAndOfATerminalTogether() throws Exception {
        String script = "for i in 1 2 3; do echo out$i; echo err$i >&2; done";
        engine.docker("run", "-d", "--name", "plain", IMAGE, "sh", "-c", script);
        engine.docker("run", "-d", "-t", "--name", "terminal", IMAGE, "sh", "-c", script);
        isOver("plain");
        isOver("terminal");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        controller.log("plain", ALL, out, err);
        assertThat(text(out)).isEqualTo("out1\nout2\nout3\n");
        assertThat(text(err)).isEqualTo("err1\nerr2\nerr3\n");
        out.reset();
        err.reset();
        controller.log("plain", new LogQuery(3, false), out, err);
        assertThat((text(out) + text(err)).lines()).hasSize(3);
        out.reset();
        err.reset();
        controller.log("terminal", ALL, out, err);
        assertThat(text(out).lines()).containsExactly("out1", "err1", "out2", "err2", "out3", "err3");
        assertThat(text(err)).isEmpty();
        assertThatThrownBy(() -> controller.log("nobody", ALL, out, err)).isInstanceOf(RefusedException.class);
    }

    @Test
    void whatIsFollowedComesAsItIsWrittenAndEndsWithTheContainer() throws Exception {
        engine.docker(
                "run",
                "-d",
                "--name",
                "slow",
                IMAGE,
                "sh",
                "-c",
                "echo old; echo first; while [ ! -e /tmp/go ]; do sleep 1; done; echo last");
        // Who follows from the last line on gets another one while the container still writes.
        await().atMost(PATIENCE).until(() -> engine.docker("logs", "slow").equals("old\nfirst"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread following = Thread.ofVirtual().start(() -> follow(out));
        await().atMost(PATIENCE).until(() -> text(out).equals("first\n"));
        engine.docker("exec", "slow", "sh", "-c", "echo >/tmp/go");
        assertThat(following.join(PATIENCE)).isTrue();
        assertThat(text(out)).isEqualTo("first\nlast\n");
    }

    private void follow(ByteArrayOutputStream out) {
        try {
            controller.log("slow", new LogQuery(1, true), out, OutputStream.nullOutputStream());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// As `| head` does.
    @Test
    void whoTakesNoMoreEndsIt() throws Exception {
        engine.docker("run", "-d", "--name", "yes", IMAGE, "/bin/busybox", "yes");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(
                                () -> controller.log("yes", new LogQuery(LogQuery.ALL, true), full, full))
                        .isInstanceOf(IOException.class)
                        .hasMessage("Broken pipe"));
        engine.docker("rm", "-f", "yes");
    }
}
