package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.core.ipam.Ipv4;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options for the subnets of a network, as far as Docker's client checks them before it asks the
/// daemon: each range, gateway and auxiliary address belongs to the subnet that contains it.
record IpamOptions(List<String> subnets, List<String> ranges, List<String> gateways, Map<String, String> auxiliary) {

    List<PoolRequest> poolRequests() throws CommandRefusedException {
        if (subnets.size() < ranges.size() || subnets.size() < gateways.size()) {
            throw refused("every ip-range or gateway must have a corresponding subnet");
        }
        boolean alone = subnets.size() == 1 && ranges.isEmpty() && gateways.isEmpty() && auxiliary.isEmpty();
        List<@Nullable Cidr> read = new ArrayList<>();
        for (String subnet : subnets) {
            read.add(alone ? null : parseSubnet(subnet));
        }
        checkOverlaps(read);
        Map<Integer, String> rangeOf = new LinkedHashMap<>();
        for (String range : ranges) {
            assignToSubnet(
                    range, "range", read, rangeOf, "cannot configure multiple ranges (%s, %s) on the same subnet (%s)");
        }
        Map<Integer, String> gatewayOf = new LinkedHashMap<>();
        for (String gateway : gateways) {
            assignToSubnet(
                    gateway,
                    "gateway",
                    read,
                    gatewayOf,
                    "cannot configure multiple gateways (%s, %s) for the same subnet (%s)");
        }
        List<Map<String, String>> auxiliaryOf = auxiliary(read);
        List<PoolRequest> requests = new ArrayList<>();
        for (int i = 0; i < subnets.size(); i++) {
            requests.add(new PoolRequest(subnets.get(i), rangeOf.get(i), gatewayOf.get(i), auxiliaryOf.get(i)));
        }
        return requests;
    }

    private static void checkOverlaps(List<@Nullable Cidr> read) throws CommandRefusedException {
        for (int i = 0; i < read.size(); i++) {
            Cidr subnet = read.get(i);
            if (subnet != null
                    && read.subList(0, i).stream().anyMatch(other -> other != null && subnet.overlaps(other))) {
                throw refused("multiple overlapping subnet configuration is not supported");
            }
        }
    }

    private void assignToSubnet(
            String typed, String noun, List<@Nullable Cidr> read, Map<Integer, String> matched, String twice)
            throws CommandRefusedException {
        int subnet = subnetIndexOf(typed, read);
        if (subnet < 0) {
            throw refused("no matching subnet for " + noun + " " + typed);
        }
        String earlier = matched.put(subnet, typed);
        if (earlier != null) {
            throw refused(twice.formatted(typed, earlier, subnets.get(subnet)));
        }
    }

    private List<Map<String, String>> auxiliary(List<@Nullable Cidr> read) throws CommandRefusedException {
        List<Map<String, String>> auxiliaryOf = new ArrayList<>();
        subnets.forEach(_ -> auxiliaryOf.add(new LinkedHashMap<>()));
        for (Map.Entry<String, String> entry : auxiliary.entrySet()) {
            int subnet = subnetIndexOf(entry.getValue(), read);
            if (subnet < 0) {
                throw refused("no matching subnet for aux-address " + entry.getValue());
            }
            auxiliaryOf.get(subnet).put(entry.getKey(), entry.getValue());
        }
        return auxiliaryOf;
    }

    /// The index of the subnet that contains the address or range; -1 for none.
    private static int subnetIndexOf(String typed, List<@Nullable Cidr> subnets) throws CommandRefusedException {
        InetAddress address = typed.contains("/") ? rangeAddress(typed) : address(typed);
        for (int i = 0; i < subnets.size(); i++) {
            Cidr subnet = subnets.get(i);
            if (address != null && subnet != null && subnet.contains(address)) {
                return i;
            }
        }
        return -1;
    }

    private static Cidr parseSubnet(String subnet) throws CommandRefusedException {
        Cidr cidr = parsePrefix(subnet);
        if (cidr == null) {
            throw refused("invalid subnet: invalid CIDR address: " + subnet);
        }
        return cidr;
    }

    private static InetAddress rangeAddress(String range) throws CommandRefusedException {
        Cidr cidr = parsePrefix(range);
        if (cidr == null) {
            throw refused("invalid CIDR address: " + range);
        }
        return cidr.address();
    }

    private static @Nullable Cidr parsePrefix(String text) {
        try {
            return text.contains(":") ? Cidr.of(text) : Ipv4.parsePrefix(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable InetAddress address(String text) {
        try {
            return text.contains(":") ? InetAddress.ofLiteral(text) : Ipv4.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static CommandRefusedException refused(String sentence) {
        return new CommandRefusedException("", Refusal.of("invalid-ipam", sentence));
    }
}
