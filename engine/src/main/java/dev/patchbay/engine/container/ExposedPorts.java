package dev.patchbay.engine.container;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.RandomAccess;

/// Container ports, immutable and in the order in which they were named. Consecutive ports are stored as
/// one range, also in JSON, as `1-65535/tcp`, because a list of all single ports would exceed the
/// maximum length of a request.
public final class ExposedPorts extends AbstractList<ExposedPort> implements RandomAccess {
    /// Each port once for each protocol.
    private static final int MAX_PORTS = Protocol.values().length * PortRange.MAX_PORT;

    private record Range(PortRange ports, Protocol protocol) {
        ExposedPort get(int index) {
            return new ExposedPort(ports.first() + index, protocol);
        }

        boolean isContinuedBy(Range next) {
            return next.protocol == protocol && next.ports.first() == ports.last() + 1;
        }

        @Override
        public String toString() {
            return ports + "/" + protocol;
        }

        static Range of(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("no exposed ports: " + text);
            }
            Protocol protocol = Protocol.valueOf(text.substring(slash + 1).toUpperCase(Locale.ROOT));
            return new Range(PortRange.of(text.substring(0, slash)), protocol);
        }
    }

    private final List<Range> ranges;
    private final int size;

    private ExposedPorts(List<Range> named) {
        List<Range> joined = new ArrayList<>();
        long ports = 0;
        for (Range run : named) {
            ports += run.ports().size();
            if (!joined.isEmpty() && joined.getLast().isContinuedBy(run)) {
                int first = joined.removeLast().ports().first();
                joined.add(new Range(new PortRange(first, run.ports().last()), run.protocol()));
            } else {
                joined.add(run);
            }
        }
        if (ports > MAX_PORTS) {
            throw new IllegalArgumentException("more exposed ports than there are: " + ports);
        }
        this.ranges = List.copyOf(joined);
        this.size = (int) ports;
    }

    public static List<ExposedPort> of(List<ExposedPort> ports) {
        return compact(ports);
    }

    /// As `--expose` takes them, one for each range: `80/tcp`, `8000-8009/udp`.
    public static List<String> ranges(List<ExposedPort> ports) {
        return compact(ports).ranges.stream().map(Range::toString).toList();
    }

    private static ExposedPorts compact(List<ExposedPort> ports) {
        return ports instanceof ExposedPorts compact
                ? compact
                : new ExposedPorts(ports.stream()
                        .map(port -> new Range(PortRange.single(port.port()), port.protocol()))
                        .toList());
    }

    @Override
    public ExposedPort get(int index) {
        Objects.checkIndex(index, size);
        int left = index;
        for (Range run : ranges) {
            if (left < run.ports().size()) {
                return run.get(left);
            }
            left -= run.ports().size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
        return size;
    }

    public static final class Writer extends StdSerializer<List<ExposedPort>> {
        private static final long serialVersionUID = 1;

        Writer() {
            super(List.class, false);
        }

        @Override
        public void serialize(List<ExposedPort> ports, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartArray();
            for (String range : ranges(ports)) {
                out.writeString(range);
            }
            out.writeEndArray();
        }
    }

    public static final class Reader extends StdDeserializer<List<ExposedPort>> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(List.class);
        }

        /// Older journals have an object for each port.
        @Override
        @SuppressWarnings("unchecked")
        public List<ExposedPort> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                return (List<ExposedPort>) context.handleUnexpectedToken(handledType(), in);
            }
            List<Range> runs = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.hasToken(JsonToken.START_OBJECT)) {
                    ExposedPort port = context.readValue(in, ExposedPort.class);
                    runs.add(new Range(PortRange.single(port.port()), port.protocol()));
                } else if (in.hasToken(JsonToken.VALUE_STRING)) {
                    runs.add(range(in.getText(), context));
                } else {
                    return (List<ExposedPort>) context.handleUnexpectedToken(handledType(), in);
                }
            }
            try {
                return new ExposedPorts(runs);
            } catch (IllegalArgumentException e) {
                throw context.instantiationException(handledType(), e.getMessage());
            }
        }

        private static Range range(String text, DeserializationContext context) throws IOException {
            try {
                return Range.of(text);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(text, ExposedPort.class, "no ports");
            }
        }
    }
}
