package dev.patchbay.core.docker.plan;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Refusal;

/// Refusals of changes that a Docker engine has no request for.
public final class UnsupportedRefusals {
    private static final String CODE = "docker-cannot";

    private UnsupportedRefusals() {}

    public static RefusedException updateNetwork() {
        return of(
                "Docker cannot change a network after it was made",
                "Make another one with the settings you want, connect its containers there, and remove this one.");
    }

    public static RefusedException updateAliases() {
        return of(
                "Docker cannot change the aliases of a container that is connected",
                "Disconnect it, and connect it again with the aliases you want.");
    }

    /// @param recreates whether the engine can make the container again without the port
    public static RefusedException unpublish(String container, boolean recreates) {
        return of(
                (recreates ? "Docker" : "Podman")
                        + " publishes this port itself, and cannot take it back from a container that is there",
                recreates
                        ? "Recreate with Docker (unpublish --recreate) makes " + container
                                + " again without it, and shows first what stays and what is lost."
                        : "Make it again with podman itself.");
    }

    /// @param recreates whether the engine can make the container again with another port
    public static RefusedException republish(String container, boolean recreates) {
        return of(
                "The engine publishes this port itself, and cannot change it on a container that is there",
                recreates
                        ? "Recreate with Docker (republish --recreate) makes " + container
                                + " again with the other port, and shows first what stays and what is lost."
                        : "Make it again with podman itself, or publish the other port beside it.");
    }

    public static RefusedException allowedSources() {
        return of(
                "Docker cannot keep a published port for some networks only",
                "Publish it on an address of the host that only they reach, as 127.0.0.1:8080:80.");
    }

    public static RefusedException macOfEndpoint() {
        return of(
                "This engine takes a MAC address only for the first network of a new container",
                "Docker 25 and newer take one for each network.");
    }

    public static RefusedException gatewayPriority() {
        return of(
                "This engine knows no priority of gateways",
                "Docker 28 and newer do; older ones take the first network by name.");
    }

    /// An older engine ignores the wish.
    public static RefusedException withoutIpv4() {
        return of("This engine makes no network without IPv4", "Docker 28 and newer do.");
    }

    public static RefusedException configFromForAttached() {
        return of(
                "Patchbay manages no network from a configuration beside Docker",
                "Give its subnet and options with the network itself.");
    }

    public static RefusedException manageConfiguration() {
        return of(
                "A configuration is no network: there is nothing for Patchbay to manage",
                "Leave out --config-only to make a network, or --managed-by to have Docker keep the configuration.");
    }

    public static RefusedException runOnAttached(String network) {
        return of(
                "Docker cannot make a container on network " + network + ", which Patchbay manages",
                "Run it on another network or on none, and connect it then.");
    }

    public static Refusal autoRepair() {
        return new Refusal(
                CODE,
                "Automatic repair is there for a Lab only: an engine repairs its networks itself, when it starts",
                "`patchbay repair` repairs what Patchbay has made beside the engine.");
    }

    public static Refusal changeInPlace() {
        return new Refusal(
                CODE,
                "Docker cannot change the ports and settings of a container that is there",
                "Publish another port with Patchbay, or have the container recreated.");
    }

    public static Refusal restoreContainer() {
        return new Refusal(
                CODE, "Docker cannot bring a removed container back", "Stop it instead when you may need it again.");
    }

    private static RefusedException of(String sentence, String advice) {
        return new RefusedException(new Refusal(CODE, sentence, advice));
    }
}
