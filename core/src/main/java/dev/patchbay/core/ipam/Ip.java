package dev.patchbay.core.ipam;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses and prefixes of either family.
public final class Ip {
    private Ip() {}

    /// The address, or null if the text is none.
    public static @Nullable InetAddress parse(String text) {
        return isIpv6(text) ? Ipv6.parse(text) : Ipv4.parse(text);
    }

    /// The prefix with its host bits as typed, or null if the text is none.
    public static @Nullable Cidr parsePrefix(String text) {
        return isIpv6(text) ? Ipv6.parsePrefix(text) : Ipv4.parsePrefix(text);
    }

    /// @param addresses reads what stands before the slash; null for what is no address
    /// @param lengths what may stand behind it
    static @Nullable Cidr prefix(String text, Function<String, @Nullable InetAddress> addresses, Pattern lengths) {
        int slash = text.indexOf('/');
        if (slash < 0 || !lengths.matcher(text.substring(slash + 1)).matches()) {
            return null;
        }
        InetAddress address = addresses.apply(text.substring(0, slash));
        return address == null ? null : new Cidr(address, Integer.parseInt(text.substring(slash + 1)));
    }

    /// Whether whoever typed this meant IPv6, rightly spelled or not.
    public static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0;
    }

    /// How many addresses the prefix has; there is no need to tell apart more than [Long] can count.
    static long size(Cidr prefix) {
        int bits = hostBits(prefix);
        return bits >= Long.SIZE - 1 ? Long.MAX_VALUE : 1L << bits;
    }

    static InetAddress first(Cidr prefix) {
        return prefix.network().address();
    }

    static InetAddress last(Cidr prefix) {
        byte[] bytes = first(prefix).getAddress();
        for (int bit = prefix.prefixLength(); bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] |= (byte) (0x80 >> (bit % Byte.SIZE));
        }
        return Addresses.of(bytes);
    }

    /// The bits of an address that tell it from others in the prefix.
    static int hostBits(Cidr prefix) {
        return prefix.address().getAddress().length * Byte.SIZE - prefix.prefixLength();
    }
}
