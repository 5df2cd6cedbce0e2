package dev.patchbay.core.ipam;

import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses IPv4 addresses.
public final class Ipv4 {
    /// Four decimal parts without leading zeros; `InetAddress` would also accept `10.1` as `10.0.0.1`.
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final Pattern LENGTH = Pattern.compile("\\d|[12]\\d|3[0-2]");

    private Ipv4() {}

    /// The address, or null for any other text.
    public static @Nullable InetAddress parse(String text) {
        if (!DOTTED.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The prefix with its host bits as typed, or null for any other text.
    public static @Nullable Cidr parsePrefix(String text) {
        return Ip.prefix(text, Ipv4::parse, LENGTH);
    }
}
