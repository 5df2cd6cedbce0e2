package dev.patchbay.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static final Frames.MemoryBudget ROOM = _ -> {};

    static Stream<RequestFrame> requests() {
        return Samples.of(Request.class).map(request -> new RequestFrame(7, request));
    }

    static Stream<ServerFrame> serverFrames() {
        return Stream.concat(
                Samples.of(Reply.class).map(reply -> new ServerFrame.ReplyFrame(Long.MAX_VALUE, reply)),
                Samples.of(Event.class).map(ServerFrame.EventFrame::new));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestComesBackEqual(RequestFrame frame) throws Exception {
        assertThat(Frames.readRequest(stream(bytes(frame)), ROOM)).isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("serverFrames")
    void everyAnswerAndEventComesBackEqual(ServerFrame frame) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.writeServerFrame(Channels.newChannel(out), frame);
        assertThat(Frames.readServerFrame(stream(out.toByteArray()))).isEqualTo(frame);
    }

    @Test
    void framesFollowOneAnotherUntilTheStreamEnds() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (RequestFrame frame : requests().toList()) {
            Frames.writeRequest(Channels.newChannel(out), frame);
        }
        ReadableByteChannel in = stream(out.toByteArray());
        long read = 0;
        while (Frames.readRequest(in, ROOM) != null) {
            read++;
        }
        assertThat(read).isEqualTo(requests().count());
    }

    @Test
    void aStreamThatEndsInsideAFrameIsAnError() throws Exception {
        byte[] whole = bytes(requests().toList().get(4));
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Frames.readRequest(stream(part), ROOM));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Frames.MAX_REQUEST + 1})
    void aLengthOutOfBoundsIsRefusedBeforeTheBodyIsRead(int length) {
        byte[] head = ByteBuffer.allocate(4).putInt(length).array();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.readRequest(stream(head), ROOM))
                .withMessageContaining("are allowed");
    }

    /// Else a few connections could use up the helper's memory with four bytes each.
    @Test
    void theMemoryOfARequestFollowsWhatHasArrived() {
        byte[] head = ByteBuffer.allocate(4).putInt(Frames.MAX_REQUEST).array();
        byte[] begun = Arrays.copyOf(head, 100_000);
        assertThat(allocated(head)).isLessThan(100_000);
        assertThat(allocated(begun)).isLessThan(600_000);
        AtomicInteger taken = new AtomicInteger();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.readRequest(stream(begun), taken::addAndGet))
                .withMessage("the stream ended inside a frame");
        assertThat(taken).hasValue((128 << 10) - Frames.INITIAL_BUFFER);
    }

    private static long allocated(byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ReadableByteChannel in = stream(bytes);
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Frames.readRequest(in, ROOM);
            return Long.MAX_VALUE;
        } catch (IOException e) {
            return threads.getCurrentThreadAllocatedBytes() - before;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":1,  | not a frame: Unexpected end-of-input",
                "hello        | not a frame: Unrecognized token 'hello'",
                "{\"more\":1}  | not a frame: Missing creator property 'id'",
            })
    void whatIsNoRequestIsNamed(String json, String reason) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.readRequest(stream(framed(json)), ROOM))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(reason)
                        .hasSizeLessThan(230)
                        .doesNotContain("dev.patchbay"));
    }

    @Test
    void anotherEncodingThanUtf8IsRefused() {
        String request = "{\"id\":1,\"request\":{\"verb\":\"hello\"}}";
        for (byte[] bytes : List.of(
                request.getBytes(StandardCharsets.UTF_16BE),
                request.getBytes(StandardCharsets.UTF_16),
                "{\"id\":1,\"r\u00e4\":1}".getBytes(StandardCharsets.ISO_8859_1))) {
            ByteBuffer frame =
                    ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes);
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> Frames.readRequest(stream(frame.array()), ROOM))
                    .withMessage("not a frame: it is not UTF-8");
        }
    }

    @Test
    void aRequestThatIsTooLongIsNotSent() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RequestFrame frame = new RequestFrame(
                1,
                new Request.Apply(
                        new SpecChange(List.of(), List.of()),
                        0,
                        "x".repeat(Frames.MAX_REQUEST),
                        ActivityKind.ACTION,
                        0,
                        StopMode.GRACEFUL));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.writeRequest(Channels.newChannel(out), frame));
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{}",
                "{\"id\":1}",
                "{\"id\":1,\"request\":null}",
                "{\"id\":null,\"request\":{\"verb\":\"hello\"}}",
                "{\"id\":1.5,\"request\":{\"verb\":\"hello\"}}",
                "{\"id\":\"1\",\"request\":{\"verb\":\"hello\"}}",
                "{\"id\":1,\"request\":{\"verb\":\"reboot\"}}",
                "{\"id\":1,\"request\":{\"verb\":\"dev.patchbay.engine.protocol.Request$Hello\"}}",
                "{\"id\":1,\"request\":{}}",
                "{\"id\":1,\"request\":{\"verb\":\"hello\"},\"more\":1}",
                "{\"id\":1,\"id\":2,\"request\":{\"verb\":\"hello\"}}",
                "{\"id\":1,\"request\":{\"verb\":\"hello\"}} {}",
                "{\"id\":1,\"request\":{\"verb\":\"hello\",\"@class\":\"java.lang.Thread\"}}",
                "{\"id\":1,\"request\":{\"verb\":\"repair\"}}",
                "{\"id\":1,\"request\":{\"verb\":\"repair\",\"dryRun\":\"yes\"}}",
                "{\"id\":1,\"request\":{\"verb\":\"preview\",\"change\":{\"put\":[null],\"remove\":[]},\"baseRevision\":0}}",
                "{\"id\":1,\"request\":{\"verb\":\"preview\",\"change\":{\"put\":[],\"remove\":[\"../..\"]},\"baseRevision\":0}}"
            })
    void whatIsNotExactlyARequestIsRefused(String json) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.readRequest(stream(framed(json)), ROOM));
    }

    /// Of every property of every frame: the nullable ones are those that `@Nullable` marks in the records.
    @Test
    void nullIsRefusedWhereItIsNotAllowed() throws Exception {
        Set<String> nullable = Set.of(
                "address",
                "endpoint",
                "requestedAddress",
                "choice",
                "hostBinding",
                "source",
                "found",
                "subnet",
                "range",
                "startedAt",
                "finishedAt",
                "mac",
                "destination",
                "gateway",
                "target");
        for (RequestFrame frame : requests().toList()) {
            JsonNode whole = Json.MAPPER.valueToTree(frame);
            for (ObjectNode object : objects(whole).toList()) {
                for (Map.Entry<String, JsonNode> property :
                        object.properties().stream().toList()) {
                    if (nullable.contains(property.getKey())) {
                        continue;
                    }
                    JsonNode value = object.replace(property.getKey(), NullNode.instance);
                    String hostile = whole.toString();
                    assertThatExceptionOfType(ProtocolException.class)
                            .as(hostile)
                            .isThrownBy(() -> Frames.readRequest(stream(framed(hostile)), ROOM));
                    object.set(property.getKey(), value);
                }
            }
        }
    }

    private static Stream<ObjectNode> objects(JsonNode node) {
        Stream<ObjectNode> below =
                StreamSupport.stream(node.spliterator(), false).flatMap(FramesTest::objects);
        return node instanceof ObjectNode object ? Stream.concat(Stream.of(object), below) : below;
    }

    @Test
    void deepNestingIsRefused() {
        String json = "{\"id\":1,\"request\":" + "[".repeat(100_000);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.readRequest(stream(framed(json)), ROOM));
    }

    @Test
    void aNumberOfAMillionDigitsIsRefused() {
        String json = "{\"id\":" + "9".repeat(1_000_000) + ",\"request\":{\"verb\":\"hello\"}}";
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frames.readRequest(stream(framed(json)), ROOM));
    }

    @Test
    void randomBytesAreRefusedAndNothingElseIsThrown() throws IOException {
        Random random = new Random(2);
        int[] refused = new int[2];
        int unchanged = 0;
        byte[] valid = bytes(requests().toList().get(6));
        for (int i = 0; i < 100_000; i++) {
            byte[] hostile;
            if (i % 2 == 0) {
                hostile = new byte[random.nextInt(64)];
                random.nextBytes(hostile);
            } else {
                hostile = valid.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    hostile[random.nextInt(hostile.length)] = (byte) random.nextInt(256);
                }
            }
            try {
                RequestFrame read = Frames.readRequest(stream(hostile), ROOM);
                // A few changes make another request that is as good.
                if (read != null) {
                    assertThat(Frames.readRequest(stream(bytes(read)), ROOM)).isEqualTo(read);
                }
                unchanged += Arrays.equals(hostile, valid) ? 1 : 0;
            } catch (ProtocolException e) {
                assertThat(e).hasMessageNotContaining("\n");
                refused[i % 2]++;
            }
        }
        assertThat(refused[0]).as("random bytes").isGreaterThan(49_000);
        assertThat(refused[1]).as("changed frames").isBetween(40_000, 50_000 - unchanged);
    }

    private static byte[] bytes(RequestFrame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames.writeRequest(Channels.newChannel(out), frame);
        return out.toByteArray();
    }

    private static byte[] framed(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static ReadableByteChannel stream(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }
}
