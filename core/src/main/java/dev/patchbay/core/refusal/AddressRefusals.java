package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;

/// Refusals about subnets and addresses.
public final class AddressRefusals {
    private AddressRefusals() {}

    public static RefusedException badSubnet(String subnet) {
        return RefusedException.of("invalid-subnet", "Invalid subnet " + subnet + " : invalid CIDR address: " + subnet);
    }

    public static RefusedException subnetNotForContainers(String subnet, String reason) {
        return RefusedException.of("invalid-subnet", "Invalid subnet " + subnet + " : " + reason);
    }

    public static RefusedException overlap(String subnet, String owner) {
        return RefusedException.of(
                "subnet-overlaps",
                "Pool overlaps with other one on this address space",
                subnet + " overlaps " + owner + ".");
    }

    public static RefusedException subnetRequired() {
        return RefusedException.of("invalid-ipam", "every ip-range or gateway must have a corresponding subnet");
    }

    public static RefusedException badGateway(String gateway) {
        return RefusedException.of("invalid-gateway", "invalid gateway address " + gateway + " in Ipam configuration");
    }

    public static RefusedException gatewayOutside(String gateway) {
        return RefusedException.of(
                "invalid-gateway", "failed to allocate gateway (" + gateway + "): Requested address is out of range");
    }

    public static RefusedException gatewayReserved(String gateway) {
        return RefusedException.of(
                "invalid-gateway",
                "failed to allocate gateway (" + gateway + "): Address already in use",
                "The first address of a subnet is its own name, and the last one of an IPv4 subnet its broadcast address.");
    }

    public static RefusedException subnetTooSmall(String gateway) {
        return RefusedException.of(
                "subnet-too-small",
                "failed to allocate gateway (" + gateway + "): No available addresses on this pool",
                "The smallest subnet that can hold a gateway and a container is a /30, in IPv6 a /126.");
    }

    public static RefusedException badRange(String subnet, String range) {
        return RefusedException.of(
                "invalid-range",
                "failed to parse pool request for address space \"LocalDefault\" pool \"" + subnet + "\" subpool \""
                        + range + "\": Invalid Address SubPool");
    }

    public static RefusedException rangeOutside(String range) {
        return RefusedException.of("invalid-range", "no matching subnet for range " + range);
    }

    public static RefusedException badAuxiliary(String named) {
        return RefusedException.of("invalid-aux-address", "non parsable secondary ip address (" + named + ")");
    }

    public static RefusedException auxiliaryOutside(String named, Cidr subnet) {
        return RefusedException.of(
                "invalid-aux-address", "auxiliary address: (" + named + ") must belong to the master pool: " + subnet);
    }

    public static RefusedException auxiliaryTaken(String named) {
        return RefusedException.of(
                "invalid-aux-address",
                "failed to allocate secondary ip address (" + named + "): Address already in use",
                "The gateway, the first and the last address of the subnet, and other auxiliary addresses are taken.");
    }

    public static RefusedException poolsExhausted() {
        return RefusedException.of(
                "pools-exhausted",
                "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the"
                        + " network",
                "Remove a network, or give the new one a subnet.");
    }

    /// Docker accepts and shows it, but gives no container an address of it.
    public static RefusedException ipv6NotEnabled(String subnet) {
        return RefusedException.of(
                "ipv6-not-enabled",
                "IPv6 subnet " + subnet + " for a network without IPv6",
                "Add --ipv6, or leave the subnet out.");
    }

    public static RefusedException noFreeAddress(String network, Id id, boolean ipv4) {
        return RefusedException.of(
                "no-free-address",
                "no available " + (ipv4 ? "IPv4" : "IPv6") + " addresses on this network's address pools: " + network
                        + " (" + id + ")",
                "Stopped containers keep their addresses; remove one, or make a larger network.");
    }

    public static RefusedException badAddress(String address, boolean ipv4) {
        return RefusedException.of("invalid-address", "Invalid " + (ipv4 ? "IPv4" : "IPv6") + " address: " + address);
    }

    /// Docker starts this one with a small letter, because its client prints it about a container that
    /// does not exist yet.
    public static RefusedException badAddressOfNewContainer(String address, boolean ipv4) {
        return RefusedException.of("invalid-address", "invalid " + (ipv4 ? "IPv4" : "IPv6") + " address: " + address);
    }

    public static RefusedException addressOutside(String address, String subnet) {
        return RefusedException.of(
                "invalid-address",
                "Invalid address " + address + ": It does not belong to any of this network's subnets",
                "The network's subnet is " + subnet + ".");
    }

    public static RefusedException addressTaken(String address, String owner) {
        return RefusedException.of("address-taken", "Address already in use", address + " is " + owner + ".");
    }

    public static RefusedException staticOnAutomaticSubnet() {
        return RefusedException.of(
                "static-address-not-allowed",
                "user specified IP address is supported only when connecting to networks with user configured"
                        + " subnets");
    }

    public static RefusedException noIpv6(String network) {
        return RefusedException.of(
                "no-ipv6",
                "user specified IP address is supported only when connecting to networks with user configured subnets",
                "Network " + network + " has no IPv6 subnet to take an address from.");
    }

    public static RefusedException badMac(String mac) {
        return RefusedException.of("invalid-mac", mac + " is not a valid mac address");
    }

    public static RefusedException multicastMac(String mac) {
        return RefusedException.of(
                "invalid-mac",
                mac + " is not a valid mac address",
                "It stands for a group: the first byte of a single interface's is even.");
    }

    public static RefusedException staticOnDefaultBridge() {
        return RefusedException.of(
                "static-address-not-allowed", "user specified IP address is supported on user defined networks only");
    }
}
