package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.core.ipam.Ipv4;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.spec.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is typed about a network's subnet, as far as Docker's client itself looks at it, before it asks the daemon.
record SubnetWords(
        List<String> subnets,
        @Nullable String range,
        @Nullable String gateway) {

    void check() throws RefusedException {
        if (subnets.isEmpty() && (range != null || gateway != null)) {
            throw refused("every ip-range or gateway must have a corresponding subnet");
        }
        List<Cidr> read = new ArrayList<>();
        if (subnets.size() > 1 || range != null || gateway != null) {
            for (String subnet : subnets) {
                read.add(read(subnet));
            }
        }
        for (int i = 0; i < read.size(); i++) {
            if (read.subList(0, i).stream().anyMatch(read.get(i)::overlaps)) {
                throw refused("multiple overlapping subnet configuration is not supported");
            }
        }
        if (range != null && !isIn(range, read)) {
            throw refused("no matching subnet for range " + range);
        }
        if (gateway != null && !isIn(gateway, read)) {
            throw refused("no matching subnet for gateway " + gateway);
        }
    }

    private static Cidr read(String subnet) throws RefusedException {
        Cidr cidr = Ipv4.parsePrefix(subnet);
        if (cidr == null) {
            throw refused("invalid subnet: invalid CIDR address: " + subnet);
        }
        return cidr;
    }

    /// Whether an address, or the address of a range, is in one of the subnets.
    private static boolean isIn(String typed, List<Cidr> subnets) throws RefusedException {
        InetAddress address = typed.contains("/") ? address(typed) : Ipv4.parse(typed);
        return address != null && subnets.stream().anyMatch(subnet -> subnet.contains(address));
    }

    private static InetAddress address(String range) throws RefusedException {
        Cidr cidr = Ipv4.parsePrefix(range);
        if (cidr == null) {
            throw refused("invalid CIDR address: " + range);
        }
        return cidr.address();
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException("", Refusal.of("invalid-ipam", sentence));
    }
}
