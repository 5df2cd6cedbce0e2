package dev.patchbay.core.ipam;

import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The IPv6 subnets for networks without a chosen one: unique local ones (RFC 4193), which Docker
/// assigns since 27.0. Their first 48 bits belong to the host while its records exist: `fd`, and 40
/// random bits, the first of the id of its default network. Beside an engine there is no default
/// network, and each network has 48 bits of its own.
final class UniqueLocalSubnets {
    private static final int RANDOM_DIGITS = 10;
    private static final int SUBNETS = 1 << 16;
    private static final int LENGTH = 64;

    private UniqueLocalSubnets() {}

    /// The lowest subnet of the host that overlaps no network, address or route.
    ///
    /// @param random its first digits are those of the host
    /// @param subnets of all networks
    static Cidr lowestFree(Id random, Stream<Cidr> subnets, KernelState kernel) throws RefusedException {
        String prefix = "fd" + random.value().substring(0, RANDOM_DIGITS);
        List<Cidr> taken = DefaultPools.usedSubnets(subnets, kernel);
        return IntStream.range(0, SUBNETS)
                .mapToObj(number -> subnet(prefix, number))
                .filter(subnet -> taken.stream().noneMatch(subnet::overlaps))
                .findFirst()
                .orElseThrow(AddressRefusals::poolsExhausted);
    }

    private static Cidr subnet(String prefix, int number) {
        String digits = prefix + HexFormat.of().toHexDigits((short) number) + "0".repeat(LENGTH / 4);
        return new Cidr(Addresses.of(HexFormat.of().parseHex(digits)), LENGTH);
    }
}
