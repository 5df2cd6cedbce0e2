package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.Driver;

/// Mistakes about networks as a whole.
public final class NetworkMistakes {
    private NetworkMistakes() {}

    public static Mistake notFound(String key) {
        return Mistake.of("network-not-found", "network " + key + " not found");
    }

    public static Mistake ambiguous(String key, int matches) {
        return Mistake.of(
                "ambiguous-id",
                "network " + key + " is ambiguous (" + matches + " matches found based on ID prefix)",
                "Type more digits of the id, or the name.");
    }

    public static Mistake blankName(String name) {
        return Mistake.of("invalid-name", "invalid name: " + name, "A network needs a name.");
    }

    public static Mistake badName(String name) {
        return Mistake.of(
                "invalid-name",
                "Invalid network name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                "Docker accepts such a name, but hardly any other tool can read it back.");
    }

    public static Mistake nameTaken(String name) {
        return Mistake.of("name-taken", "network with name " + name + " already exists");
    }

    /// The blank at the end is Docker's.
    public static Mistake createPredefined(String name) {
        return Mistake.of("predefined-network", "operation is not permitted on predefined " + name + " network ");
    }

    public static Mistake removePredefined(String name) {
        return Mistake.of("predefined-network", name + " is a pre-defined network and cannot be removed");
    }

    public static Mistake updatePredefined(String name) {
        return Mistake.of("predefined-network", name + " is a pre-defined network and cannot be changed");
    }

    public static Mistake noSuchLabel(String network, String label) {
        return Mistake.of("label-not-found", "network " + network + " has no label " + label);
    }

    public static Mistake severalSubnets() {
        return Mistake.of("one-subnet", "bridge driver doesn't support multiple subnets");
    }

    public static Mistake onlyOneInstance(Driver driver) {
        return Mistake.of("driver-not-creatable", "only one instance of \"" + driver + "\" network is allowed");
    }

    public static Mistake activeEndpoints(String name, Id id, String containers) {
        return Mistake.of(
                "active-endpoints",
                "error while removing network: network " + name + " id " + id + " has active endpoints",
                "Stop or disconnect " + containers + " first.");
    }

    public static Mistake badNumber(String option, String value) {
        return Mistake.of(
                "invalid-option",
                "failed to parse " + option + " value: " + value + " (strconv.Atoi: parsing \"" + value
                        + "\": invalid syntax)");
    }

    public static Mistake badBoolean(String option, String value) {
        return Mistake.of(
                "invalid-option",
                "failed to parse " + option + " value: " + value + " (strconv.ParseBool: parsing \"" + value
                        + "\": invalid syntax)");
    }

    public static Mistake badAddress(String option, String value) {
        return Mistake.of("invalid-option", "failed to parse " + option + " value: " + value + " (nil ip)");
    }

    public static Mistake badMtu(String value) {
        return Mistake.of("invalid-option", "invalid MTU number: " + value);
    }

    public static Mistake badInterfacePrefix(String option, String value) {
        return Mistake.of(
                "invalid-option",
                "invalid " + option + " value: " + value,
                "Up to twelve small letters and digits, a letter first, as in eth or lan.");
    }

    public static Mistake bridgeNameTooLong(String bridge) {
        return Mistake.of(
                "invalid-bridge-name",
                "failed to check bridge interface existence: numerical result out of range",
                "The name of a link has at most 15 characters; " + bridge + " has " + bridge.length() + ".");
    }

    public static Mistake badBridgeName(String bridge) {
        return Mistake.of(
                "invalid-bridge-name",
                "invalid argument",
                "\"" + bridge + "\" is no name for a bridge: letters, digits and _ . - are, a letter or digit first,"
                        + " but not all, default or lo.");
    }

    public static Mistake notABridge(String link) {
        return Mistake.of("not-a-bridge", "existing interface " + link + " is not a bridge");
    }

    public static Mistake bridgeTaken(Id id, String bridge, Id owner, String ownerName) {
        return Mistake.of(
                "bridge-taken",
                "cannot create network " + id + " (" + bridge + "): conflicts with network " + owner + " (" + bridge
                        + "): networks have same bridge name",
                "It is the bridge of network " + ownerName + ".");
    }

    public static Mistake macvlanModeNotSupported(String mode) {
        return Mistake.of(
                "option-not-supported",
                "macvlan mode '" + mode + "' is not supported",
                "The mode bridge, which needs not be named, is.");
    }

    public static Mistake badMacvlanMode(String mode) {
        return Mistake.of(
                "invalid-option",
                "requested macvlan mode '" + mode + "' is not valid, 'bridge' mode is the macvlan driver default");
    }

    public static Mistake macvlanWithoutParent() {
        return Mistake.of(
                "no-parent",
                "a macvlan network needs a parent link, and one that is internal can have none",
                "Name a link of the host, as in -o parent=eth0. An internal network is made with the driver bridge.");
    }

    public static Mistake loopbackParent() {
        return Mistake.of("invalid-parent", "loopback interface is not a valid macvlan parent link");
    }

    public static Mistake noSuchParent(String parent) {
        return Mistake.of(
                "invalid-parent",
                "invalid subinterface vlan name " + parent + ", example formatting is eth0.10",
                "The host has no link " + parent + ", and Patchbay makes none: a parent must be there before.");
    }

    public static Mistake parentTaken(String parent, Id owner, String ownerName) {
        return Mistake.of(
                "parent-taken",
                "network dm-" + owner.shortForm() + " is already using parent interface " + parent,
                "That is network " + ownerName + ".");
    }

    public static Mistake configurationAsOperator() {
        return Mistake.of(
                "invalid-configuration",
                "configuration network can only contain network specific fields. Network operator fields like "
                        + "[ ingress | internal | attachable | scope ] are not supported.");
    }

    public static Mistake configurationOfConfiguration() {
        return Mistake.of(
                "invalid-configuration", "a configuration network cannot depend on another configuration network");
    }

    public static Mistake besidesConfiguration() {
        return Mistake.of(
                "invalid-configuration",
                "user specified configurations are not supported if the network depends on a configuration network");
    }

    public static Mistake optionsBesidesConfiguration() {
        return Mistake.of(
                "invalid-configuration",
                "network driver options are not supported if the network depends on a configuration network");
    }

    public static Mistake noSuchConfiguration(String name) {
        return Mistake.of("network-not-found", "configuration network \"" + name + "\" does not exist");
    }

    public static Mistake configurationInUse(String name, String networks) {
        return Mistake.of(
                "configuration-in-use",
                "error while removing network: configuration network \"" + name + "\" is in use",
                "Remove " + networks + " first.");
    }

    public static Mistake endpointOnConfiguration() {
        return Mistake.of("configuration-only", "cannot create endpoint on configuration-only network");
    }

    public static Mistake mtuOfWhatHasNone(String network) {
        return Mistake.of("no-mtu", "network " + network + " has no MTU", "It carries no packets of its own.");
    }

    public static Mistake nothingToUpdate() {
        return Mistake.of(
                "nothing-to-update",
                "nothing to change",
                "Give at least one of --name, --label-add, --label-rm and --mtu.");
    }

    /// Docker makes such a network, without IPv6.
    public static Mistake mtuTooSmallForIpv6(int mtu) {
        return Mistake.of("invalid-mtu", "invalid MTU number: " + mtu, "IPv6 needs an MTU of at least 1280.");
    }

    public static Mistake optionNotSupported(String option, String reason) {
        return Mistake.of("option-not-supported", "option " + option + " is not supported", reason);
    }

    public static Mistake noEngine() {
        return Mistake.of(
                "no-engine",
                "there is no Docker here that could wire a network",
                "Leave --wired-by out: a Lab's networks are Patchbay's.");
    }
}
