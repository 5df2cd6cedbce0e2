package dev.patchbay.core.ports;

import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A port in the syntax of `-p`: `[ip:][host[-last]:]container[-last][/proto][,from=network]…`.
/// Everything except the last part is Docker's, and is checked in Docker's order.
///
/// @param hostPorts null when none is given, or 0, which means any free port
/// @param containerPorts null when none is given, which only `unpublish` allows
/// @param allowed networks that may use the port; empty when none is given
public record PortArgument(
        @Nullable InetAddress hostAddress,
        @Nullable PortRange hostPorts,
        @Nullable PortRange containerPorts,
        Protocol protocol,
        List<Cidr> allowed) {
    private static final String FROM = "from=";

    /// An invalid port; the message is Docker's sentence.
    public static final class InvalidPortException extends Exception {
        private static final long serialVersionUID = 1;

        InvalidPortException(String sentence) {
            super(sentence);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// Parses the value of `-p`.
    public static PortMapping mapping(String text) throws InvalidPortException {
        PortArgument argument = parse(text);
        PortRange inside = argument.containerPorts;
        PortRange outside = argument.hostPorts;
        if (inside == null) {
            throw new InvalidPortException("No port specified: " + text + "<empty>");
        }
        if (outside != null && inside.size() > 1 && inside.size() != outside.size()) {
            throw new InvalidPortException(
                    "Invalid ranges specified for container and host Ports: " + inside + " and " + outside);
        }
        return new PortMapping(argument.hostAddress, outside, inside, argument.protocol, argument.allowed);
    }

    public static PortArgument parse(String text) throws InvalidPortException {
        String[] parts = text.split(",", -1);
        List<String> words = new ArrayList<>(List.of(parts[0].split(":", -1)));
        String container = words.removeLast();
        String host = words.isEmpty() ? "" : words.removeLast();
        InetAddress address = address(String.join(":", words));
        int slash = container.indexOf('/');
        String inside = slash < 0 ? container : container.substring(0, slash);
        String protocol = slash < 0 || slash == container.length() - 1 ? "tcp" : container.substring(slash + 1);
        PortRange containerPorts = inside.isEmpty() ? null : range(inside, "containerPort");
        PortRange hostPorts = host.isEmpty() || host.matches("0{1,5}") ? null : range(host, "hostPort");
        List<Cidr> allowed = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].startsWith(FROM)) {
                throw new InvalidPortException("Invalid port option: " + parts[i] + "; a port has from=NETWORK");
            }
            allowed.add(network(parts[i].substring(FROM.length())));
        }
        return new PortArgument(address, hostPorts, containerPorts, protocol(protocol), allowed);
    }

    /// Parses the value of `--expose`: `80`, `8000-8009/udp`.
    public static List<ExposedPort> exposed(String text) throws InvalidPortException {
        if (text.contains(":")) {
            throw new InvalidPortException("invalid port format for --expose: " + text);
        }
        PortArgument argument;
        try {
            argument = parse(text);
        } catch (InvalidPortException e) {
            throw new InvalidPortException(
                    "invalid range format for --expose: " + text + ", error: " + parseError(text));
        }
        PortRange ports = argument.containerPorts;
        if (ports == null) {
            throw new InvalidPortException(
                    "invalid range format for --expose: " + text + ", error: empty string specified for ports.");
        }
        return IntStream.rangeClosed(ports.first(), ports.last())
                .mapToObj(port -> new ExposedPort(port, argument.protocol))
                .toList();
    }

    /// The error of Docker's parser for a port or range, in Go's words.
    private static String parseError(String text) {
        for (String number : text.split("/", 2)[0].split("-", 2)) {
            if (!number.matches("[0-9]+")) {
                return "strconv.ParseUint: parsing \"" + number + "\": invalid syntax";
            }
            if (port(number) < 0) {
                return "strconv.ParseUint: parsing \"" + number + "\": value out of range";
            }
        }
        return "Invalid range specified for the Port: " + text.split("/", 2)[0];
    }

    /// An allowed source: `192.0.2.0/24`, or one address.
    public static Cidr network(String text) throws InvalidPortException {
        try {
            if (text.contains("/")) {
                return Cidr.of(text);
            }
            InetAddress address = InetAddress.ofLiteral(text);
            return new Cidr(address, address.getAddress().length * 8);
        } catch (IllegalArgumentException e) {
            throw new InvalidPortException("invalid CIDR address: " + text);
        }
    }

    private static Protocol protocol(String text) throws InvalidPortException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            case "sctp" -> Protocol.SCTP;
            default -> throw new InvalidPortException("Invalid proto: " + text);
        };
    }

    private static @Nullable InetAddress address(String text) throws InvalidPortException {
        if (text.isEmpty()) {
            return null;
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        if (text.startsWith("[") && !bracketed) {
            throw new InvalidPortException(
                    "Invalid ip address " + text + ": address " + text + ":: missing ']' in address");
        }
        if (text.contains(":") && !bracketed) {
            throw new InvalidPortException(
                    "Invalid ip address " + text + ": address " + text + ":: too many colons in address");
        }
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!bare.contains(":") && bare.chars().filter(c -> c == '.').count() != 3) {
            throw new InvalidPortException("Invalid ip address: " + bare); // ofLiteral would read 10.1 as 10.0.0.1
        }
        try {
            return InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException e) {
            throw new InvalidPortException("Invalid ip address: " + bare);
        }
    }

    private static PortRange range(String text, String what) throws InvalidPortException {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : port(text.substring(dash + 1));
        if (first < 1 || last < first) {
            throw new InvalidPortException("Invalid " + what + ": " + text);
        }
        return new PortRange(first, last);
    }

    /// -1 for an invalid port.
    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port > PortRange.MAX_PORT ? -1 : port;
    }
}
