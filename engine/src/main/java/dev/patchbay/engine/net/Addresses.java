package dev.patchbay.engine.net;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Arithmetic on internet addresses; no method uses DNS.
///
/// For the kernel an IPv4-mapped address (`::ffff:10.9.9.9`, RFC 4291 section 2.5.5.2) is an IPv6
/// address, and links and routes may have one. `InetAddress.getByAddress` and `ofLiteral` convert it to
/// an IPv4 address, whose family then differs from the prefix length or the message around it; the
/// methods here keep it.
public final class Addresses {
    private static final int MAPPED_PREFIX_BYTES = 12;
    private static final int GROUPS = 8;

    private Addresses() {}

    /// The address with these bytes in network order: IPv4 for 4 bytes, IPv6 for 16.
    public static InetAddress of(byte[] bytes) {
        try {
            return bytes.length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /// Parses the output of [#format].
    ///
    /// @throws IllegalArgumentException for any other text
    public static InetAddress parse(String text) {
        InetAddress address = InetAddress.ofLiteral(text);
        if (address instanceof Inet6Address || text.indexOf(':') < 0) {
            return address;
        }
        return of(toMapped(address.getAddress()));
    }

    /// The IPv4 address of an IPv4-mapped one; any other address unchanged. An IPv6 socket bound to a
    /// mapped address receives packets to the IPv4 address.
    public static InetAddress unmapped(InetAddress address) {
        return isMapped(address) ? of(Arrays.copyOfRange(address.getAddress(), MAPPED_PREFIX_BYTES, 16)) : address;
    }

    public static boolean isMapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16
                && Arrays.equals(bytes, 0, MAPPED_PREFIX_BYTES, toMapped(new byte[4]), 0, MAPPED_PREFIX_BYTES);
    }

    private static byte[] toMapped(byte[] ipv4) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(ipv4, 0, bytes, MAPPED_PREFIX_BYTES, ipv4.length);
        return bytes;
    }

    /// The text of the kernel's tools and of Docker: an IPv6 address as in RFC 5952, which
    /// `getHostAddress` does not use, and without a zone.
    public static String format(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : formatIpv6(bytes);
    }

    /// Lower-case hexadecimal digits without leading zeros; the longest run of two or more zero groups
    /// as `::`, the first of equally long ones. An IPv4-mapped address ends in the IPv4 address, as in
    /// section 5 of RFC 5952 and the kernel's tools.
    private static String formatIpv6(byte[] sixteenBytes) {
        InetAddress address = of(sixteenBytes);
        if (isMapped(address)) {
            return "::ffff:" + format(unmapped(address));
        }
        int[] groups = IntStream.range(0, GROUPS)
                .map(i -> ((sixteenBytes[2 * i] & 0xff) << 8) | (sixteenBytes[2 * i + 1] & 0xff))
                .toArray();
        int start = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return length == 1
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }

    /// An address with a port, as `172.18.0.2:80` or `[fd00::2]:80`.
    public static String formatSocket(InetAddress address, int port) {
        String host = format(address);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// The address `offset` above (or below) the given one, in the same family.
    public static InetAddress plus(InetAddress address, long offset) {
        byte[] bytes = address.getAddress();
        byte[] sum = new BigInteger(1, bytes).add(BigInteger.valueOf(offset)).toByteArray();
        byte[] result = new byte[bytes.length];
        for (int i = 1; i <= Math.min(sum.length, result.length); i++) {
            result[result.length - i] = sum[sum.length - i];
        }
        return of(result);
    }
}
