package dev.patchbay.core.ipam;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses and computes addresses and prefixes of either family.
public final class Ip {
    private Ip() {}

    /// The address, or null for any other text.
    public static @Nullable InetAddress parse(String text) {
        return isIpv6(text) ? Ipv6.parse(text) : Ipv4.parse(text);
    }

    /// The prefix with its host bits as typed, or null for any other text.
    public static @Nullable Cidr parsePrefix(String text) {
        return isIpv6(text) ? Ipv6.parsePrefix(text) : Ipv4.parsePrefix(text);
    }

    /// @param addresses parses the text before the slash; null for an invalid address
    /// @param lengths matches the text after the slash
    static @Nullable Cidr prefix(String text, Function<String, @Nullable InetAddress> addresses, Pattern lengths) {
        int slash = text.indexOf('/');
        if (slash < 0 || !lengths.matcher(text.substring(slash + 1)).matches()) {
            return null;
        }
        InetAddress address = addresses.apply(text.substring(0, slash));
        return address == null ? null : new Cidr(address, Integer.parseInt(text.substring(slash + 1)));
    }

    /// Whether the text is meant as IPv6, valid or not.
    public static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0;
    }

    /// The number of addresses in the prefix, at most what [Long] can count.
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

    /// The number of host bits of the prefix.
    static int hostBits(Cidr prefix) {
        return prefix.address().getAddress().length * Byte.SIZE - prefix.prefixLength();
    }
}
