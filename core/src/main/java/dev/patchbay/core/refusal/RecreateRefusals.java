package dev.patchbay.core.refusal;

import java.util.List;

/// Refusals about recreating a container of an engine.
public final class RecreateRefusals {
    private RecreateRefusals() {}

    /// A Lab does not need it.
    public static RefusedException inLab(String container) {
        return dockerCannot(
                "a Lab changes the ports of a container that is there: nothing has to be made again",
                "Leave --recreate out, and " + container + " runs on.");
    }

    public static RefusedException notWithPodman() {
        return dockerCannot(
                "Podman does not tell everything that a container was made with",
                "Make it again with podman itself, or publish the port beside it.");
    }

    public static RefusedException mountsLost(String container, List<String> destinations) {
        return dockerCannot(
                "container " + container + " would be made again without what is mounted in it: "
                        + String.join(", ", destinations),
                "Remove it yourself first, when what is mounted there is not needed any more.");
    }

    public static RefusedException besideLost(String container) {
        return dockerCannot(
                "container " + container
                        + " would be made again without the ports or networks that Patchbay gave it beside the engine",
                "Take them from it first: patchbay unpublish, or disconnect.");
    }

    public static RefusedException autoRemove(String container) {
        return dockerCannot(
                container + " was made with --rm: it is removed when it stops, and could not be put back",
                "Publish the port beside Docker, or run it again yourself.");
    }

    public static RefusedException paused(String container) {
        return dockerCannot(container + " is paused, and could not be left so", "Go on with it first: docker unpause.");
    }

    public static RefusedException noPortsInMode(String container, String mode) {
        return dockerCannot(
                container + " has network mode " + mode + ", in which Docker publishes no ports",
                "Only a container on networks of its own can have published ports.");
    }

    public static RefusedException namespaceShared(String container, String other, String what) {
        return dockerCannot(
                "container " + other + " shares the " + what + " of " + container + ", and would be left with none",
                "Remove " + other + " first, and run it again after.");
    }

    public static RefusedException linked(String container, String other) {
        return dockerCannot(
                "container " + other + " has a link to " + container + ", which would end with it",
                "Put both on a network of your own: there they find each other by name.");
    }

    public static RefusedException swarm(String container) {
        return dockerCannot(
                container + " belongs to a Swarm service, which would replace it",
                "The service publishes ports: docker service update --publish-add.");
    }

    public static RefusedException imageGone(String container) {
        return dockerCannot(
                "the image that " + container + " was made from is gone",
                "Keep what it has as an image first: docker commit " + container + ".");
    }

    public static RefusedException noNetwork(String container) {
        return dockerCannot(container + " is on no network", "Connect it first.");
    }

    public static RefusedException publishesAll(String container, String port) {
        return dockerCannot(
                container + " was made with -P, which publishes every port that it exposes, " + port + " too",
                "Run it again without -P, with the ports you want.");
    }

    public static RefusedException alreadyPublished(String container, String binding) {
        return RefusedException.of(
                "already-published", "Docker publishes this of " + container + " already: " + binding, "");
    }

    /// @param lastLine of its output; empty for none
    public static RefusedException newContainerEnded(String container, int exitCode, String lastLine) {
        return RefusedException.of(
                "container-ended",
                "the new container " + container + " ended at once with exit code " + exitCode
                        + (lastLine.isEmpty() ? "" : ": " + lastLine),
                "What it had changed in its own files may be what it needs: docker diff and docker commit show and keep it.");
    }

    private static RefusedException dockerCannot(String sentence, String advice) {
        return RefusedException.of("docker-cannot", sentence, advice);
    }
}
