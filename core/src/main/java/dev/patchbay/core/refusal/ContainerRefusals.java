package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;

/// Refusals about containers and their endpoints.
public final class ContainerRefusals {
    private ContainerRefusals() {}

    public static RefusedException notFound(String key) {
        return RefusedException.of("container-not-found", "No such container: " + key);
    }

    public static RefusedException ambiguous(String key) {
        return RefusedException.of(
                "ambiguous-id",
                "Multiple IDs found with provided prefix: " + key,
                "Type more digits of the id, or the name.");
    }

    public static RefusedException badName(String name) {
        return RefusedException.of(
                "invalid-name",
                "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
                name.matches("/?[a-zA-Z0-9]") ? "A name has at least two characters." : "");
    }

    public static RefusedException nameTaken(String name, Id owner) {
        return RefusedException.of(
                "name-taken",
                "Conflict. The container name \"/" + name + "\" is already in use by container \"" + owner
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    public static RefusedException unknownImage(String image) {
        return RefusedException.of(
                "unknown-image",
                "A Lab has no image " + image
                        + ": it runs httpd (any tag, a small web server) and host (a command of this machine)",
                "");
    }

    public static RefusedException noCommand() {
        return RefusedException.of(
                "no-command",
                "No command specified",
                "The image host runs a command of this machine: name one after it.");
    }

    public static RefusedException invalid(String sentence) {
        return RefusedException.of("invalid-container", sentence);
    }

    public static RefusedException badEnvironment(String line) {
        return RefusedException.of(
                "invalid-environment", "invalid environment variable: " + line, "Write it NAME=value.");
    }

    /// @param state `running` or `restarting`
    public static RefusedException cannotRemoveRunning(Id id, String state) {
        return RefusedException.of(
                "container-running",
                "You cannot remove a " + state + " container " + id
                        + ". Stop the container before attempting removal or force remove");
    }

    public static RefusedException killStopped(String typed, Id id) {
        return RefusedException.of(
                "container-not-running", "Cannot kill container: " + typed + ": Container " + id + " is not running");
    }

    public static RefusedException emptyName() {
        return RefusedException.of("invalid-name", "Neither old nor new names may be empty");
    }

    public static RefusedException sameName() {
        return RefusedException.of("same-name", "Renaming a container with the same name as its current name");
    }

    public static RefusedException cannotRename(Refusal reason) {
        return RefusedException.of(
                reason.code(), "Error when allocating new name: " + reason.sentence(), reason.advice());
    }

    public static RefusedException cannotUpdateAutoRemove(Id id) {
        return RefusedException.of(
                "restart-and-remove",
                "Cannot update container " + id
                        + ": Restart policy cannot be updated because AutoRemove is enabled for the container",
                "It goes when its command ends.");
    }

    public static RefusedException autoRemoveWithRestart() {
        return RefusedException.of("restart-and-remove", "can't create 'AutoRemove' container with restart policy");
    }

    public static RefusedException netnsOwnerNotRunning(Id partner) {
        return RefusedException.of("partner-not-running", "cannot join network of a non running container: " + partner);
    }

    public static RefusedException netnsOwnerMissing() {
        return RefusedException.of(
                "invalid-network-mode", "Invalid network mode: invalid container format container:<name|id>");
    }

    /// @param what as `hostname`, a setting of the container that owns the shared network
    public static RefusedException conflictingOptions(String what) {
        return RefusedException.of("conflicting-options", "conflicting options: " + what);
    }

    public static RefusedException sharesNetns() {
        return RefusedException.of(
                "shares-network",
                "container sharing network namespace with another container or host cannot be connected to any other"
                        + " network");
    }

    public static RefusedException alreadyConnected(String container, String network) {
        return RefusedException.of(
                "already-connected", "endpoint with name " + container + " already exists in network " + network);
    }

    /// Docker writes `network` for a running container and `the network` for a stopped one.
    public static RefusedException notConnected(Id container, String network, boolean running) {
        return RefusedException.of(
                "not-connected",
                "container " + container + " is not connected to " + (running ? "" : "the ") + "network " + network);
    }

    public static RefusedException hostNetworkNotConnectable() {
        return RefusedException.of(
                "host-network", "container cannot be disconnected from host network or connected to host network");
    }

    public static RefusedException noneNetworkExclusive() {
        return RefusedException.of(
                "none-network",
                "container cannot be connected to multiple networks with one of the networks in private (none) mode");
    }

    public static RefusedException aliasOnDefaultBridge() {
        return RefusedException.of(
                "alias-not-allowed", "network-scoped alias is supported only for containers in user defined networks");
    }
}
