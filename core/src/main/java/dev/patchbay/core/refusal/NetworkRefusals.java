package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;

/// Refusals about networks.
public final class NetworkRefusals {
    private NetworkRefusals() {}

    public static RefusedException notFound(String key) {
        return RefusedException.of("network-not-found", "network " + key + " not found");
    }

    public static RefusedException ambiguous(String key, int matches) {
        return RefusedException.of(
                "ambiguous-id",
                "network " + key + " is ambiguous (" + matches + " matches found based on ID prefix)",
                "Type more digits of the id, or the name.");
    }

    public static RefusedException blankName(String name) {
        return RefusedException.of("invalid-name", "invalid name: " + name, "A network needs a name.");
    }

    public static RefusedException badName(String name) {
        return RefusedException.of(
                "invalid-name",
                "Invalid network name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                "Docker accepts such a name, but hardly any other tool can read it back.");
    }

    public static RefusedException nameTaken(String name) {
        return RefusedException.of("name-taken", "network with name " + name + " already exists");
    }

    /// The blank at the end is Docker's.
    public static RefusedException createPredefined(String name) {
        return RefusedException.of(
                "predefined-network", "operation is not permitted on predefined " + name + " network ");
    }

    public static RefusedException removePredefined(String name) {
        return RefusedException.of("predefined-network", name + " is a pre-defined network and cannot be removed");
    }

    public static RefusedException updatePredefined(String name) {
        return RefusedException.of("predefined-network", name + " is a pre-defined network and cannot be changed");
    }

    public static RefusedException noSuchLabel(String network, String label) {
        return RefusedException.of("label-not-found", "network " + network + " has no label " + label);
    }

    public static RefusedException severalSubnets() {
        return RefusedException.of("one-subnet", "bridge driver doesn't support multiple subnets");
    }

    public static RefusedException onlyOneInstance(Driver driver) {
        return RefusedException.of(
                "driver-not-creatable", "only one instance of \"" + driver + "\" network is allowed");
    }

    public static RefusedException unknownDriver(String driver) {
        return pluginNotFound(driver, "Patchbay makes networks with the drivers bridge and macvlan.");
    }

    public static RefusedException unknownIpamDriver(String driver) {
        return pluginNotFound(driver, "Addresses are given by the driver default.");
    }

    private static RefusedException pluginNotFound(String name, String advice) {
        return RefusedException.of("unknown-driver", "plugin \"" + name + "\" not found", advice);
    }

    public static RefusedException withoutIpv4() {
        return RefusedException.of(
                "ipv4-needed", "Patchbay makes no network without IPv4", "Add --ipv6 for addresses of both families.");
    }

    public static RefusedException ingressIsGlobal() {
        return RefusedException.of("scope-not-supported", "Ingress network can only be global scope network");
    }

    public static RefusedException scopeNotActive(String scope) {
        return RefusedException.of(
                "scope-not-supported", "cannot create a " + scope + " scoped network when " + scope + " is not active");
    }

    public static RefusedException activeEndpoints(String name, Id id, String containers) {
        return RefusedException.of(
                "active-endpoints",
                "error while removing network: network " + name + " id " + id + " has active endpoints",
                "Stop or disconnect " + containers + " first.");
    }

    public static RefusedException badNumber(String option, String value) {
        return RefusedException.of(
                "invalid-option",
                "failed to parse " + option + " value: " + value + " (strconv.Atoi: parsing \"" + value
                        + "\": invalid syntax)");
    }

    public static RefusedException badBoolean(String option, String value) {
        return RefusedException.of(
                "invalid-option",
                "failed to parse " + option + " value: " + value + " (strconv.ParseBool: parsing \"" + value
                        + "\": invalid syntax)");
    }

    public static RefusedException badAddress(String option, String value) {
        return RefusedException.of("invalid-option", "failed to parse " + option + " value: " + value + " (nil ip)");
    }

    public static RefusedException badMtu(String value) {
        return RefusedException.of("invalid-option", "invalid MTU number: " + value);
    }

    public static RefusedException badInterfacePrefix(String option, String value) {
        return RefusedException.of(
                "invalid-option",
                "invalid " + option + " value: " + value,
                "Up to twelve small letters and digits, a letter first, as in eth or lan.");
    }

    public static RefusedException bridgeNameTooLong(String bridge) {
        return RefusedException.of(
                "invalid-bridge-name",
                "failed to check bridge interface existence: numerical result out of range",
                "The name of a link has at most 15 characters; " + bridge + " has " + bridge.length() + ".");
    }

    public static RefusedException badBridgeName(String bridge) {
        return RefusedException.of(
                "invalid-bridge-name",
                "invalid argument",
                "\"" + bridge + "\" is no name for a bridge: letters, digits and _ . - are, a letter or digit first,"
                        + " but not all, default or lo.");
    }

    public static RefusedException notABridge(String link) {
        return RefusedException.of("not-a-bridge", "existing interface " + link + " is not a bridge");
    }

    public static RefusedException bridgeTaken(Id id, String bridge, Id owner, String ownerName) {
        return RefusedException.of(
                "bridge-taken",
                "cannot create network " + id + " (" + bridge + "): conflicts with network " + owner + " (" + bridge
                        + "): networks have same bridge name",
                "It is the bridge of network " + ownerName + ".");
    }

    public static RefusedException macvlanModeNotSupported(String mode) {
        return RefusedException.of(
                "option-not-supported",
                "macvlan mode '" + mode + "' is not supported",
                "The mode bridge, which needs not be named, is.");
    }

    public static RefusedException badMacvlanMode(String mode) {
        return RefusedException.of(
                "invalid-option",
                "requested macvlan mode '" + mode + "' is not valid, 'bridge' mode is the macvlan driver default");
    }

    public static RefusedException macvlanWithoutParent() {
        return RefusedException.of(
                "no-parent",
                "a macvlan network needs a parent link, and one that is internal can have none",
                "Name a link of the host, as in -o parent=eth0. An internal network is made with the driver bridge.");
    }

    public static RefusedException loopbackParent() {
        return RefusedException.of("invalid-parent", "loopback interface is not a valid macvlan parent link");
    }

    public static RefusedException noSuchParent(String parent) {
        return RefusedException.of(
                "invalid-parent",
                "invalid subinterface vlan name " + parent + ", example formatting is eth0.10",
                "The host has no link " + parent + ", and Patchbay makes none: a parent must be there before.");
    }

    public static RefusedException parentTaken(String parent, Id owner, String ownerName) {
        return RefusedException.of(
                "parent-taken",
                "network dm-" + owner.shortForm() + " is already using parent interface " + parent,
                "That is network " + ownerName + ".");
    }

    public static RefusedException operatorFieldsInConfiguration() {
        return RefusedException.of(
                "invalid-configuration",
                "configuration network can only contain network specific fields. Network operator fields like "
                        + "[ ingress | internal | attachable | scope ] are not supported.");
    }

    public static RefusedException configFromInConfiguration() {
        return RefusedException.of(
                "invalid-configuration", "a configuration network cannot depend on another configuration network");
    }

    public static RefusedException settingsWithConfigFrom() {
        return RefusedException.of(
                "invalid-configuration",
                "user specified configurations are not supported if the network depends on a configuration network");
    }

    public static RefusedException optionsWithConfigFrom() {
        return RefusedException.of(
                "invalid-configuration",
                "network driver options are not supported if the network depends on a configuration network");
    }

    public static RefusedException noSuchConfiguration(String name) {
        return RefusedException.of("network-not-found", "configuration network \"" + name + "\" does not exist");
    }

    public static RefusedException configurationInUse(String name, String networks) {
        return RefusedException.of(
                "configuration-in-use",
                "error while removing network: configuration network \"" + name + "\" is in use",
                "Remove " + networks + " first.");
    }

    public static RefusedException connectToConfiguration() {
        return RefusedException.of("configuration-only", "cannot create endpoint on configuration-only network");
    }

    public static RefusedException mtuNotSupported(String network) {
        return RefusedException.of("no-mtu", "network " + network + " has no MTU", "It carries no packets of its own.");
    }

    public static RefusedException nothingToUpdate() {
        return RefusedException.of(
                "nothing-to-update",
                "nothing to change",
                "Give at least one of --name, --label-add, --label-rm and --mtu.");
    }

    /// Docker creates such a network without IPv6.
    public static RefusedException mtuTooSmallForIpv6(int mtu) {
        return RefusedException.of("invalid-mtu", "invalid MTU number: " + mtu, "IPv6 needs an MTU of at least 1280.");
    }

    public static RefusedException optionNotSupported(String option, String reason) {
        return RefusedException.of("option-not-supported", "option " + option + " is not supported", reason);
    }

    public static RefusedException noEngine() {
        return RefusedException.of(
                "no-engine",
                "there is no Docker here that could manage a network",
                "Leave --managed-by out: a Lab's networks are Patchbay's.");
    }

    public static RefusedException attachedSubnet(String network) {
        return RefusedException.of(
                "attached-network",
                "network " + network + " is not the engine's, and its subnet cannot be changed",
                "Create another network with --managed-by patchbay, and connect the containers to it.");
    }

    public static RefusedException subnetOfConfiguration(String network) {
        return RefusedException.of(
                "subnet-of-configuration",
                "the subnet of network " + network + " is that of a configuration",
                "Create another configuration, and a network from it.");
    }

    public static RefusedException noSubnetToChange(String network, boolean ipv4) {
        return RefusedException.of(
                "no-subnet", "network " + network + " has no " + (ipv4 ? "IPv4" : "IPv6") + " subnet to change");
    }

    public static RefusedException sameSubnet(String network, Cidr subnet) {
        return RefusedException.of(
                "nothing-to-update", "network " + network + " already has subnet " + subnet + " with this gateway");
    }

    public static RefusedException subnetTooSmall(String network, Cidr subnet, int containers) {
        return RefusedException.of(
                "subnet-too-small",
                "subnet " + subnet + " has not enough addresses for the containers of network " + network + " ("
                        + containers + ")",
                "Choose a larger subnet.");
    }

    public static RefusedException addressHasNoPlace(String container, InetAddress address, Cidr subnet) {
        return RefusedException.of(
                "invalid-address",
                "container " + container + " was given address " + Addresses.format(address) + ", and subnet " + subnet
                        + " has no free address at that place",
                "Choose a larger subnet, or connect the container without an address first.");
    }

    public static RefusedException internalGateway(String network) {
        return RefusedException.of(
                "internal-network",
                "network " + network + " is internal and gives no default route",
                "Choose a network of the container that leads outside.");
    }

    public static RefusedException attachedGateway(String network) {
        return RefusedException.of(
                "attached-network",
                "network " + network
                        + " is not the engine's: the engine chooses the default route among its own networks",
                "Choose a network of the container that the engine has.");
    }

    public static RefusedException onlyGateway(String container, String network) {
        return RefusedException.of(
                "only-network",
                "network " + network + " is the only one of container " + container,
                "Connect the container to a second network first.");
    }
}
