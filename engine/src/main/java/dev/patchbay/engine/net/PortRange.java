package dev.patchbay.engine.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Consecutive ports, both ends included; written as `8000-8009`, or `80` for a single port.
public record PortRange(int first, int last) {
    public static final int MAX_PORT = 65535;
    public static final PortRange ALL = new PortRange(1, MAX_PORT);

    public PortRange {
        if (first < 1 || last > MAX_PORT || last < first) {
            throw new IllegalArgumentException("invalid port range: " + first + "-" + last);
        }
    }

    public static PortRange single(int port) {
        return new PortRange(port, port);
    }

    @JsonCreator
    public static PortRange of(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? single(Integer.parseInt(text))
                : new PortRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    public int size() {
        return last - first + 1;
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    public boolean overlaps(PortRange other) {
        return first <= other.last && other.first <= last;
    }

    @JsonValue
    @Override
    public String toString() {
        return size() == 1 ? Integer.toString(first) : first + "-" + last;
    }
}
