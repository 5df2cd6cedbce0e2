package dev.patchbay.core.ipam;

import dev.patchbay.engine.net.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses IPv6 addresses.
public final class Ipv6 {
    /// No brackets and no zone, which `InetAddress` would also accept.
    private static final Pattern CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern LENGTH = Pattern.compile("\\d|[1-9]\\d|1[01]\\d|12[0-8]");

    private Ipv6() {}

    /// The address, or null for any other text, also for an IPv4-mapped address, `::ffff:10.0.0.1`.
    public static @Nullable InetAddress parse(String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address address ? address : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The prefix with its host bits as typed, or null for any other text.
    public static @Nullable Cidr parsePrefix(String text) {
        return Ip.prefix(text, Ipv6::parse, LENGTH);
    }
}
