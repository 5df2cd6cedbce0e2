package dev.patchbay.core.refusal;

import dev.patchbay.engine.Refusal;

/// Refusals of what needs the kernel of a rootless engine's networks.
public final class RootlessRefusals {
    static final String CODE = "engine-rootless";
    private static final String SENTENCE =
            "This engine is rootless: its bridges and rules are in a network namespace of its own, which Patchbay does"
                    + " not enter";

    private RootlessRefusals() {}

    public static Refusal kernel(boolean podman) {
        return new Refusal(
                CODE,
                SENTENCE,
                podman
                        ? "Podman itself makes networks, connects containers and publishes ports of new ones. Its user"
                                + " sees the rules with `podman unshare --rootless-netns nft list ruleset`."
                        : "Docker itself makes networks, connects containers and publishes ports of new ones; `publish"
                                + " --recreate` makes a container again with another port. Its user sees the rules with"
                                + " `nsenter -U --preserve-credentials -n -m -t $(cat $XDG_RUNTIME_DIR/docker.pid)"
                                + " iptables-save`.");
    }
}
