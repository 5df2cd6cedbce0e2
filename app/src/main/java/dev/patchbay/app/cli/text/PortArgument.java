package dev.patchbay.app.cli.text;

import dev.patchbay.core.PortMapping;
import dev.patchbay.engine.spec.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A port as a person types it behind `-p`: `[ip:][host:]container[/proto]`, where both ports may be ranges of the same
/// length.
///
/// @param hostPorts null when none is named
/// @param containerPorts null when none is named, which only `unpublish` allows
public record PortArgument(
        @Nullable InetAddress hostAddress,
        @Nullable Range hostPorts,
        @Nullable Range containerPorts,
        Protocol protocol) {

    public record Range(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    /// A text that is no port; the message is Docker's sentence.
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String sentence) {
            super(sentence);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    public static PortArgument parse(String text) throws Invalid {
        int slash = text.indexOf('/');
        String ports = slash < 0 ? text : text.substring(0, slash);
        Protocol protocol = slash < 0 ? Protocol.TCP : protocol(text.substring(slash + 1));
        int beforeContainer = ports.lastIndexOf(':');
        String container = ports.substring(beforeContainer + 1);
        String rest = beforeContainer < 0 ? "" : ports.substring(0, beforeContainer);
        int beforeHost = rest.endsWith("]") ? rest.length() : rest.lastIndexOf(':');
        String host = beforeHost == rest.length() ? "" : rest.substring(beforeHost + 1);
        String address = beforeHost < 0 ? "" : rest.substring(0, beforeHost);
        return new PortArgument(
                address.isEmpty() ? null : address(address),
                host.isEmpty() ? null : range(host, 0, "hostPort"),
                container.isEmpty() ? null : range(container, 1, "containerPort"),
                protocol);
    }

    /// One mapping for each port of the range.
    public static List<PortMapping> mappings(String text) throws Invalid {
        PortArgument argument = parse(text);
        Range container = argument.containerPorts;
        if (container == null) {
            throw new Invalid("No port specified: " + text + "<empty>");
        }
        Range host = argument.hostPorts;
        if (host != null && host.size() != container.size()) {
            if (container.size() == 1) {
                throw new Invalid("Invalid ranges specified for container and host Ports: %d and %d-%d; name one host"
                                .formatted(container.first(), host.first(), host.last())
                        + " port, or none for a free one");
            }
            throw new Invalid("Invalid ranges specified for container and host Ports: %s and %s"
                    .formatted(words(container), words(host)));
        }
        List<PortMapping> mappings = new ArrayList<>();
        for (int i = 0; i < container.size(); i++) {
            int hostPort = host == null ? 0 : host.first() + i;
            mappings.add(new PortMapping(argument.hostAddress, hostPort, container.first() + i, argument.protocol));
        }
        return mappings;
    }

    private static String words(Range range) {
        return range.size() == 1 ? "" + range.first() : range.first() + "-" + range.last();
    }

    private static Protocol protocol(String text) throws Invalid {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            default -> throw new Invalid("Invalid proto: " + text);
        };
    }

    private static InetAddress address(String text) throws Invalid {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!bare.contains(":") && bare.chars().filter(c -> c == '.').count() != 3) {
            throw new Invalid("Invalid ip address: " + bare); // ofLiteral would read 10.1 as 10.0.0.1
        }
        try {
            return InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException e) {
            throw new Invalid("Invalid ip address: " + bare);
        }
    }

    private static Range range(String text, int lowest, String what) throws Invalid {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? text : text.substring(0, dash), lowest);
        int last = dash < 0 ? first : port(text.substring(dash + 1), lowest);
        if (first < 0 || last < first) {
            throw new Invalid("Invalid " + what + ": " + text);
        }
        return new Range(first, last);
    }

    /// -1 for what is no port.
    private static int port(String text, int lowest) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port < lowest || port > 65535 ? -1 : port;
    }
}
