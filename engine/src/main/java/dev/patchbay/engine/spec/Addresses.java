package dev.patchbay.engine.spec;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Arithmetic on internet addresses; no method asks a name server.
public final class Addresses {
    private Addresses() {}

    /// The address with these 4 or 16 bytes in network order.
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /// The address as the kernel's tools and Docker write it: an IPv6 address in the form of RFC 5952, which
    /// `getHostAddress` does not know, and without a zone.
    public static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : Ipv6Text.of(bytes);
    }

    /// One port of an address, as `172.18.0.2:80` or `[fd00::2]:80`.
    public static String socket(InetAddress address, int port) {
        String host = text(address);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /// The address `offset` places above (or below) the given one, in the same family.
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
