package dev.patchbay.core.mistake;

import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.Id;

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

    public static Mistake optionNotSupported(String option, String reason) {
        return Mistake.of("option-not-supported", "option " + option + " is not supported", reason);
    }
}
