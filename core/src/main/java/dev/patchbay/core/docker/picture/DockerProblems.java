package dev.patchbay.core.docker.picture;

import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.protocol.KernelChain;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.Problem;
import dev.patchbay.engine.spec.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where the kernel is not as the engine says, and where what the engine opened is not what a person would expect.
public final class DockerProblems {
    private DockerProblems() {}

    /// @param chains of the host's firewall; none when they are not read
    public static List<Problem> of(Topology topology, KernelState kernel, List<KernelChain> chains) {
        List<Problem> problems = new ArrayList<>();
        Set<String> links = kernel.links().stream().map(KernelState.Link::name).collect(Collectors.toSet());
        for (Network network : topology.networks()) {
            if (isOnABridge(network) && !links.contains(network.bridge())) {
                problems.add(new Problem(
                        network.id(),
                        "the engine has network " + network.name() + ", and the kernel has no bridge "
                                + network.bridge() + ": restarting the engine makes it again",
                        List.of()));
            } else if (isOnABridge(network) && !network.bridgeUp()) {
                problems.add(new Problem(
                        network.id(),
                        "bridge " + network.bridge() + " of network " + network.name() + " is down: `ip link set "
                                + network.bridge() + " up`",
                        List.of()));
            }
        }
        if (!kernel.ipForward()
                && topology.networks().stream().anyMatch(network -> isOnABridge(network) && !network.internal())) {
            problems.add(new Problem(
                    null,
                    "this machine does not forward IPv4, so that no port is reached and no container gets out:"
                            + " `sysctl -w net.ipv4.ip_forward=1`",
                    List.of()));
        }
        guard(chains).ifPresent(guard -> topology.containers().forEach(container -> open(container, guard, problems)));
        return problems;
    }

    private static boolean isOnABridge(Network network) {
        return network.driver().is(Driver.BRIDGE)
                && !network.configOnly()
                && !network.bridge().isEmpty();
    }

    /// The firewall that a person set up, if one is active.
    private static Optional<RuleOwner> guard(List<KernelChain> chains) {
        return chains.stream()
                .map(chain -> RuleOwner.ofChain(chain.name()))
                .filter(owner -> owner == RuleOwner.UFW || owner == RuleOwner.FIREWALLD)
                .findFirst();
    }

    private static void open(Container container, RuleOwner guard, List<Problem> problems) {
        for (PortBinding port : container.ports()) {
            if (port.inForce() && port.hostAddress().isAnyLocalAddress()) {
                problems.add(new Problem(
                        container.id(),
                        "port " + port.hostPorts() + "/" + port.protocol() + " of " + container.name()
                                + " is open to every network, whatever " + guard
                                + " says: the engine's rules come before its own",
                        List.of()));
            }
        }
    }
}
