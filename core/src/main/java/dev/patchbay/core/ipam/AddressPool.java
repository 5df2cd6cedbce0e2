package dev.patchbay.core.ipam;

import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The addresses of one subnet for containers.
public final class AddressPool {
    private final Cidr subnet;
    private final Cidr range;
    private final Set<InetAddress> reserved = new HashSet<>();

    public AddressPool(Pool pool) {
        this(pool.subnet(), pool.range() == null ? pool.subnet() : pool.range());
        reserved.add(pool.gateway());
        reserved.addAll(pool.auxiliary().values());
    }

    /// A pool without a gateway.
    AddressPool(Cidr subnet, Cidr range) {
        this.subnet = subnet;
        this.range = range;
        // In IPv6 the first address is the anycast address of routers, and the last one is an ordinary
        // address.
        reserved.add(Ip.first(subnet));
        if (subnet.isIpv4()) {
            reserved.add(Ip.last(subnet));
        }
        // Docker assigns 10.81.5.0 from a range 10.81.5.0/24. That is legal, but many tools take it for
        // the address of a network. A range of one or two addresses keeps it.
        if (range.isIpv4() && range.prefixLength() <= 30 && endsInZero(Ip.first(range))) {
            reserved.add(Ip.first(range));
        }
    }

    private static boolean endsInZero(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes[bytes.length - 1] == 0;
    }

    /// The lowest address that is neither reserved nor used.
    public Optional<InetAddress> lowestFree(Set<InetAddress> used) {
        InetAddress address = Ip.first(range);
        for (long i = 0; i < Ip.size(range); i++) {
            if (!reserved.contains(address) && !used.contains(address)) {
                return Optional.of(address);
            }
            address = Addresses.plus(address, 1);
        }
        return Optional.empty();
    }

    /// The number of addresses for containers in an empty pool.
    public long usableCount() {
        return Ip.size(range) - reserved.stream().filter(range::contains).count();
    }

    /// The number of free addresses; a static address outside the range does not reduce it.
    public long freeCount(Set<InetAddress> used) {
        long taken = used.stream()
                .filter(address -> range.contains(address) && !reserved.contains(address))
                .count();
        return usableCount() - taken;
    }

    /// As [#freeCount], exact for every prefix of IPv6.
    BigInteger free(Set<InetAddress> used) {
        BigInteger uncounted =
                BigInteger.ONE.shiftLeft(Ip.hostBits(range)).subtract(BigInteger.valueOf(Ip.size(range)));
        return BigInteger.valueOf(freeCount(used)).add(uncounted);
    }

    /// The address with the prefix length of the subnet, for an interface.
    public Cidr withSubnetPrefix(InetAddress address) {
        return new Cidr(address, subnet.prefixLength());
    }
}
