package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;

/// Mistakes about containers and their places on networks.
public final class ContainerMistakes {
    private ContainerMistakes() {}

    public static Mistake notFound(String key) {
        return Mistake.of("container-not-found", "No such container: " + key);
    }

    public static Mistake ambiguous(String key) {
        return Mistake.of(
                "ambiguous-id",
                "Multiple IDs found with provided prefix: " + key,
                "Type more digits of the id, or the name.");
    }

    public static Mistake badName(String name) {
        return Mistake.of(
                "invalid-name",
                "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                name.matches("/?[a-zA-Z0-9]") ? "A name has at least two characters." : "");
    }

    public static Mistake nameTaken(String name, Id owner) {
        return Mistake.of(
                "name-taken",
                "Conflict. The container name \"/" + name + "\" is already in use by container \"" + owner
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    public static Mistake unknownImage(String image) {
        return Mistake.of(
                "unknown-image",
                "A Lab has no image " + image
                        + ": it runs httpd (any tag, a small web server) and host (a command of this machine)",
                "");
    }

    public static Mistake noCommand() {
        return Mistake.of(
                "no-command",
                "No command specified",
                "The image host runs a command of this machine: name one after it.");
    }

    public static Mistake invalid(String sentence) {
        return Mistake.of("invalid-container", sentence);
    }

    public static Mistake badEnvironment(String line) {
        return Mistake.of("invalid-environment", "invalid environment variable: " + line, "Write it NAME=value.");
    }

    /// @param state `running` or `restarting`
    public static Mistake running(Id id, String state) {
        return Mistake.of(
                "container-running",
                "You cannot remove a " + state + " container " + id
                        + ". Stop the container before attempting removal or force remove");
    }

    public static Mistake killStopped(String typed, Id id) {
        return Mistake.of(
                "container-not-running", "Cannot kill container: " + typed + ": Container " + id + " is not running");
    }

    public static Mistake emptyName() {
        return Mistake.of("invalid-name", "Neither old nor new names may be empty");
    }

    public static Mistake sameName() {
        return Mistake.of("same-name", "Renaming a container with the same name as its current name");
    }

    public static Mistake cannotRename(Refusal reason) {
        return Mistake.of(reason.code(), "Error when allocating new name: " + reason.sentence(), reason.advice());
    }

    public static Mistake restartAndRemove(Id id) {
        return Mistake.of(
                "restart-and-remove",
                "Cannot update container " + id
                        + ": Restart policy cannot be updated because AutoRemove is enabled for the container",
                "It goes when its command ends.");
    }

    public static Mistake removeAndRestart() {
        return Mistake.of("restart-and-remove", "can't create 'AutoRemove' container with restart policy");
    }

    public static Mistake partnerNotRunning(Id partner) {
        return Mistake.of("partner-not-running", "cannot join network of a non running container: " + partner);
    }

    public static Mistake partnerMissing() {
        return Mistake.of("invalid-network-mode", "Invalid network mode: invalid container format container:<name|id>");
    }

    /// @param what as `hostname`, which belongs to the container that shares its network
    public static Mistake conflictsWithMode(String what) {
        return Mistake.of("conflicting-options", "conflicting options: " + what);
    }

    public static Mistake sharesNetwork() {
        return Mistake.of(
                "shares-network",
                "container sharing network namespace with another container or host cannot be connected to any other"
                        + " network");
    }

    public static Mistake alreadyConnected(String container, String network) {
        return Mistake.of(
                "already-connected", "endpoint with name " + container + " already exists in network " + network);
    }

    /// Docker says `network` for a running container and `the network` for a stopped one.
    public static Mistake notConnected(Id container, String network, boolean running) {
        return Mistake.of(
                "not-connected",
                "container " + container + " is not connected to " + (running ? "" : "the ") + "network " + network);
    }

    public static Mistake hostNetwork() {
        return Mistake.of(
                "host-network", "container cannot be disconnected from host network or connected to host network");
    }

    public static Mistake noneNetwork() {
        return Mistake.of(
                "none-network",
                "container cannot be connected to multiple networks with one of the networks in private (none) mode");
    }

    public static Mistake aliasOnDefaultBridge() {
        return Mistake.of(
                "alias-not-allowed", "network-scoped alias is supported only for containers in user defined networks");
    }
}
