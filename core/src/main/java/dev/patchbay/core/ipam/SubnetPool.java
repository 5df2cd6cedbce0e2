package dev.patchbay.core.ipam;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Subnets for networks without a chosen one: all of `subnetLength` in `range`, the lowest first.
///
/// @param builtIn whether it is known from the documentation of an engine that does not tell its pools
public record SubnetPool(Cidr range, int subnetLength, boolean builtIn) {
    public SubnetPool {
        if (!isValid(range, subnetLength)) {
            throw new IllegalArgumentException("no subnet of length " + subnetLength + " in " + range);
        }
    }

    public static boolean isValid(Cidr range, int subnetLength) {
        return subnetLength >= range.prefixLength() && subnetLength <= range.prefixLength() + Ip.hostBits(range);
    }

    /// For pools of IPv4.
    Stream<Cidr> subnets() {
        Cidr first = new Cidr(range.address(), subnetLength);
        return LongStream.range(0, 1L << (subnetLength - range.prefixLength()))
                .mapToObj(i -> new Cidr(Addresses.plus(first.address(), i * Ip.size(first)), subnetLength));
    }

    /// A pool that its host tells.
    public static SubnetPool of(String range, int subnetLength) {
        return new SubnetPool(Cidr.of(range), subnetLength, false);
    }

    public static SubnetPool builtIn(String range, int subnetLength) {
        return new SubnetPool(Cidr.of(range), subnetLength, true);
    }
}
