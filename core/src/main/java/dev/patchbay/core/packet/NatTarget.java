package dev.patchbay.core.packet;

import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The target of a NAT rule: an address, and a port unless the port stays.
public record NatTarget(InetAddress address, int port) {
    private static final Pattern TARGET = Pattern.compile(
            "(?:\\[([0-9a-fA-F:]+)]|([0-9.]+)|([0-9a-fA-F:]*::?[0-9a-fA-F:]*))(?::(\\d+)(?:-(\\d+))?(?:/(\\d+))?)?");

    /// Parses `172.18.0.2:80`, `[fd00::2]:8000-8009/9000`, `172.18.0.2`.
    ///
    /// @param port destination port of the packet
    /// @return null when the kernel has a choice, or the text is not known
    public static @Nullable NatTarget of(String target, int port) {
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches() || target.matches(":\\d.*")) {
            return null; // with only a port the address stays, and it is unknown here
        }
        String address = matcher.group(1) != null
                ? matcher.group(1)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        int to = port;
        if (matcher.group(4) != null) {
            int first = Integer.parseInt(matcher.group(4));
            if (matcher.group(6) != null) {
                to = first + port - Integer.parseInt(matcher.group(6));
            } else if (matcher.group(5) == null) {
                to = first;
            } else if (port < first || port > Integer.parseInt(matcher.group(5))) {
                return null;
            }
        }
        try {
            return new NatTarget(Addresses.parse(address), to);
        } catch (IllegalArgumentException e) {
            return null; // an address of unknown form
        }
    }
}
