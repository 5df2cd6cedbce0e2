package dev.patchbay.core.ipam;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many subnets of a pool are used and free. It computes with ranges, since a pool of IPv6 may have 2^56 subnets.
///
/// @param lowestFree null when none is free
record SubnetUsage(
        BigInteger used, BigInteger free, @Nullable Cidr lowestFree) {

    /// @param taken prefixes of both families; they may overlap
    static SubnetUsage of(SubnetPool pool, List<Cidr> taken) {
        BigInteger all =
                BigInteger.ONE.shiftLeft(pool.subnetLength() - pool.range().prefixLength());
        int hostBits =
                Ip.hostBits(pool.range()) - (pool.subnetLength() - pool.range().prefixLength());
        BigInteger first = number(Ip.first(pool.range()));
        // Numbers of the first subnet of each used range, with that of the last one.
        Map<BigInteger, BigInteger> ranges = new TreeMap<>();
        for (Cidr prefix : taken) {
            if (prefix.overlaps(pool.range())) {
                BigInteger from = number(Ip.first(prefix)).subtract(first).shiftRight(hostBits);
                BigInteger to = number(Ip.last(prefix)).subtract(first).shiftRight(hostBits);
                ranges.merge(from.max(BigInteger.ZERO), to.min(all.subtract(BigInteger.ONE)), BigInteger::max);
            }
        }
        BigInteger used = BigInteger.ZERO;
        BigInteger next = BigInteger.ZERO;
        BigInteger lowestFree = null;
        for (Map.Entry<BigInteger, BigInteger> range : ranges.entrySet()) {
            if (lowestFree == null && range.getKey().compareTo(next) > 0) {
                lowestFree = next;
            }
            BigInteger end = range.getValue().add(BigInteger.ONE);
            used = used.add(end.subtract(range.getKey().max(next)).max(BigInteger.ZERO));
            next = next.max(end);
        }
        if (lowestFree == null && next.compareTo(all) < 0) {
            lowestFree = next;
        }
        return new SubnetUsage(
                used,
                all.subtract(used),
                lowestFree == null
                        ? null
                        : new Cidr(
                                address(first.add(lowestFree.shiftLeft(hostBits)), pool.range()), pool.subnetLength()));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /// @param like of the same family
    private static InetAddress address(BigInteger number, Cidr like) {
        byte[] digits = number.toByteArray();
        byte[] bytes = new byte[like.address().getAddress().length];
        for (int i = 1; i <= Math.min(digits.length, bytes.length); i++) {
            bytes[bytes.length - i] = digits[digits.length - i];
        }
        return Addresses.of(bytes);
    }
}
