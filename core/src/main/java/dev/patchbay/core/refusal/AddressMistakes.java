package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;

/// Mistakes about subnets and addresses.
public final class AddressMistakes {
    private AddressMistakes() {}

    public static Mistake badSubnet(String subnet) {
        return Mistake.of("invalid-subnet", "Invalid subnet " + subnet + " : invalid CIDR address: " + subnet);
    }

    public static Mistake subnetNotForContainers(String subnet, String reason) {
        return Mistake.of("invalid-subnet", "Invalid subnet " + subnet + " : " + reason);
    }

    public static Mistake overlap(String subnet, String owner) {
        return Mistake.of(
                "subnet-overlaps",
                "Pool overlaps with other one on this address space",
                subnet + " overlaps " + owner + ".");
    }

    public static Mistake withoutSubnet() {
        return Mistake.of("invalid-ipam", "every ip-range or gateway must have a corresponding subnet");
    }

    public static Mistake badGateway(String gateway) {
        return Mistake.of("invalid-gateway", "invalid gateway address " + gateway + " in Ipam configuration");
    }

    public static Mistake gatewayOutside(String gateway) {
        return Mistake.of(
                "invalid-gateway", "failed to allocate gateway (" + gateway + "): Requested address is out of range");
    }

    public static Mistake gatewayReserved(String gateway) {
        return Mistake.of(
                "invalid-gateway",
                "failed to allocate gateway (" + gateway + "): Address already in use",
                "The first address of a subnet is its own name, and the last one of an IPv4 subnet its broadcast address.");
    }

    public static Mistake noRoomForGateway(String gateway) {
        return Mistake.of(
                "subnet-too-small",
                "failed to allocate gateway (" + gateway + "): No available addresses on this pool",
                "The smallest subnet that can hold a gateway and a container is a /30, in IPv6 a /126.");
    }

    public static Mistake badRange(String subnet, String range) {
        return Mistake.of(
                "invalid-range",
                "failed to parse pool request for address space \"LocalDefault\" pool \"" + subnet + "\" subpool \""
                        + range + "\": Invalid Address SubPool");
    }

    public static Mistake rangeOutside(String range) {
        return Mistake.of("invalid-range", "no matching subnet for range " + range);
    }

    public static Mistake badAuxiliary(String named) {
        return Mistake.of("invalid-aux-address", "non parsable secondary ip address (" + named + ")");
    }

    public static Mistake auxiliaryOutside(String named, Cidr subnet) {
        return Mistake.of(
                "invalid-aux-address", "auxiliary address: (" + named + ") must belong to the master pool: " + subnet);
    }

    public static Mistake auxiliaryTaken(String named) {
        return Mistake.of(
                "invalid-aux-address",
                "failed to allocate secondary ip address (" + named + "): Address already in use",
                "The gateway, the first and the last address of the subnet, and other auxiliary addresses are taken.");
    }

    public static Mistake poolsExhausted() {
        return Mistake.of(
                "pools-exhausted",
                "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the"
                        + " network",
                "Remove a network, or give the new one a subnet.");
    }

    /// Docker takes it and shows it, and gives no container an address of it.
    public static Mistake ipv6NotAskedFor(String subnet) {
        return Mistake.of(
                "ipv6-not-enabled",
                "IPv6 subnet " + subnet + " for a network without IPv6",
                "Add --ipv6, or leave the subnet out.");
    }

    public static Mistake noFreeAddress(String network, Id id, boolean ipv4) {
        return Mistake.of(
                "no-free-address",
                "no available " + (ipv4 ? "IPv4" : "IPv6") + " addresses on this network's address pools: " + network
                        + " (" + id + ")",
                "Stopped containers keep their addresses; remove one, or make a larger network.");
    }

    public static Mistake badAddress(String address, boolean ipv4) {
        return Mistake.of("invalid-address", "Invalid " + (ipv4 ? "IPv4" : "IPv6") + " address: " + address);
    }

    /// Docker writes this one small: it is the client who says it, about a container that is not there yet.
    public static Mistake badAddressOfNew(String address, boolean ipv4) {
        return Mistake.of("invalid-address", "invalid " + (ipv4 ? "IPv4" : "IPv6") + " address: " + address);
    }

    public static Mistake addressOutside(String address, String subnet) {
        return Mistake.of(
                "invalid-address",
                "Invalid address " + address + ": It does not belong to any of this network's subnets",
                "The network's subnet is " + subnet + ".");
    }

    public static Mistake addressTaken(String address, String owner) {
        return Mistake.of("address-taken", "Address already in use", address + " is " + owner + ".");
    }

    public static Mistake staticOnAutomaticSubnet() {
        return Mistake.of(
                "static-address-not-allowed",
                "user specified IP address is supported only when connecting to networks with user configured"
                        + " subnets");
    }

    public static Mistake noIpv6(String network) {
        return Mistake.of(
                "no-ipv6",
                "user specified IP address is supported only when connecting to networks with user configured subnets",
                "Network " + network + " has no IPv6 subnet to take an address from.");
    }

    public static Mistake badMac(String mac) {
        return Mistake.of("invalid-mac", mac + " is not a valid mac address");
    }

    public static Mistake groupMac(String mac) {
        return Mistake.of(
                "invalid-mac",
                mac + " is not a valid mac address",
                "It stands for a group: the first byte of a single interface's is even.");
    }

    public static Mistake staticOnDefaultBridge() {
        return Mistake.of(
                "static-address-not-allowed", "user specified IP address is supported on user defined networks only");
    }
}
