package dev.patchbay.core.docker;

import dev.patchbay.core.docker.network.NetworkLinkCheck.LinkFault;
import dev.patchbay.core.docker.network.NetworkRuleCheck.LostEffect;
import dev.patchbay.core.docker.port.PortConflict;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds differences between the kernel and the engine, and ports whose packets do not go where the
/// engine says.
final class DockerProblems {
    private static final int SHORT_ID = 12;

    private DockerProblems() {}

    /// @param rules of the host's firewall; empty when they cannot be read
    /// @param conflicts published ports of Patchbay with a conflict
    /// @param faults links of the engine's networks that differ
    /// @param lost effects of the engine's rules that are gone
    static List<Problem> of(
            Topology topology,
            KernelState kernel,
            HostRules rules,
            List<PortConflict> conflicts,
            List<LinkFault> faults,
            List<LostEffect> lost,
            EngineRemedies remedies) {
        List<Problem> problems = new ArrayList<>(ofNetns(topology, remedies));
        faults.forEach(fault -> problems.add(problem(fault, topology, remedies)));
        if (!kernel.ipForward()
                && topology.networks().stream().anyMatch(network -> network.hasBridge() && !network.internal())) {
            problems.add(new Problem(null, ProblemKind.ENGINE_CANNOT_FORWARD, List.of(), List.of()));
        }
        conflicts.forEach(port -> problems.add(conflictProblem(port)));
        topology.containers().forEach(container -> addMissingRules(container, remedies, problems));
        lost.stream().map(effect -> problem(effect, topology, remedies)).forEach(problems::add);
        RuleOwner.activeFirewall(rules)
                .ifPresent(
                        guard -> topology.containers().forEach(container -> addOpenPorts(container, guard, problems)));
        return problems;
    }

    /// Running containers in a network namespace that its owner has left. An engine makes a new namespace
    /// at each start, and a container joins that of the other one before its own start. So one that was
    /// started before the other one is in an older namespace, whose links are gone.
    static List<Problem> ofNetns(Topology topology, EngineRemedies remedies) {
        List<Problem> problems = new ArrayList<>();
        for (Container container : topology.containers()) {
            String shared = container.sharedNetns();
            if (shared == null || !container.running()) {
                continue;
            }
            Container owner = topology.netnsOwner(container);
            if (owner == null) {
                problems.add(new Problem(
                        container.id(),
                        ProblemKind.ENGINE_NETNS_OWNER_GONE,
                        List.of(container.name(), shared.substring(0, Math.min(shared.length(), SHORT_ID))),
                        List.of()));
            } else if (owner.running() && isBefore(container.startedAt(), owner.startedAt())) {
                problems.add(new Problem(
                        container.id(),
                        ProblemKind.ENGINE_NETNS_OLD,
                        remedies.ofNetns(container.name()).after(container.name(), owner.name()),
                        List.of()));
            }
        }
        return problems;
    }

    private static boolean isBefore(@Nullable Instant first, @Nullable Instant second) {
        return first != null && second != null && first.isBefore(second);
    }

    private static Problem conflictProblem(PortConflict port) {
        return new Problem(
                port.affected(),
                port.kind(),
                List.of(port.text(), port.container(), port.rival()),
                port.withdrawal().map(EquivalentCommand::of).stream()
                        .map(title -> new PlannedStep(title, List.of(title)))
                        .toList());
    }

    private static void addMissingRules(Container container, EngineRemedies remedies, List<Problem> problems) {
        for (PortBinding port : container.ports()) {
            if (port.ruleState() == PortBinding.RuleState.ABSENT) {
                problems.add(new Problem(
                        container.id(),
                        ProblemKind.ENGINE_PORT_LOST,
                        remedies.ofNetwork(List.of(container.name()))
                                .after(port.hostPorts() + "/" + port.protocol(), container.name()),
                        List.of()));
            }
        }
    }

    private static Problem problem(LinkFault fault, Topology topology, EngineRemedies remedies) {
        Network network = fault.network();
        Container container = fault.container();
        return switch (fault.fault()) {
            case BRIDGE_GONE ->
                new Problem(
                        network.id(),
                        ProblemKind.ENGINE_BRIDGE_GONE,
                        remedies.ofNetwork(runningOn(network, topology)).after(network.name(), network.bridge()),
                        List.of());
            case BRIDGE_DOWN ->
                new Problem(
                        network.id(),
                        ProblemKind.ENGINE_BRIDGE_DOWN,
                        List.of(network.bridge(), network.name()),
                        List.of());
            case ADDRESS_LOST -> {
                Cidr address = Objects.requireNonNull(fault.address());
                EngineRemedies.Remedy remedy =
                        EngineRemedies.ofBridgeAddress(network.bridge(), address, fault.others());
                yield fault.others().isEmpty()
                        ? new Problem(
                                network.id(),
                                ProblemKind.ENGINE_BRIDGE_ADDRESS_LOST,
                                remedy.after(network.bridge(), network.name(), address.toString()),
                                List.of())
                        : new Problem(
                                network.id(),
                                ProblemKind.ENGINE_BRIDGE_READDRESSED,
                                remedy.after(
                                        network.bridge(),
                                        network.name(),
                                        address.toString(),
                                        fault.others().stream()
                                                .map(Cidr::toString)
                                                .collect(Collectors.joining(", "))),
                                List.of());
            }
            case VETH_GONE -> {
                Container without = Objects.requireNonNull(container);
                yield new Problem(
                        endpoint(network, without).id(),
                        ProblemKind.ENGINE_CABLE_GONE,
                        remedies.ofVeth(network, without).after(network.bridge(), without.name(), network.name()),
                        List.of());
            }
            case VETH_DETACHED ->
                cableProblem(ProblemKind.ENGINE_CABLE_UNPLUGGED, fault, Objects.requireNonNull(container));
            case VETH_DOWN -> cableProblem(ProblemKind.ENGINE_CABLE_DOWN, fault, Objects.requireNonNull(container));
        };
    }

    private static Problem cableProblem(ProblemKind kind, LinkFault fault, Container container) {
        Network network = fault.network();
        return new Problem(
                endpoint(network, container).id(),
                kind,
                List.of(fault.link(), container.name(), network.name(), network.bridge()),
                List.of());
    }

    private static Endpoint endpoint(Network network, Container container) {
        return Objects.requireNonNull(container.endpointOn(network.id()));
    }

    private static List<String> runningOn(Network network, Topology topology) {
        return topology.containersOn(network.id()).stream()
                .filter(Container::running)
                .map(Container::name)
                .toList();
    }

    private static Problem problem(LostEffect lost, Topology topology, EngineRemedies remedies) {
        Network network = lost.network();
        Container container = lost.container();
        PortBinding port = lost.port();
        String family = lost.family() == Family.IPV4 ? "IPv4" : "IPv6";
        EngineRemedies.Remedy remedy =
                remedies.ofNetwork(container == null ? runningOn(network, topology) : List.of(container.name()));
        return switch (lost.effect()) {
            case MASQUERADE ->
                new Problem(
                        network.id(),
                        ProblemKind.ENGINE_MASQUERADE_LOST,
                        remedy.after(network.name(), family),
                        List.of());
            case FORWARD ->
                new Problem(
                        network.id(), ProblemKind.ENGINE_FORWARD_LOST, remedy.after(network.name(), family), List.of());
            case ISOLATION ->
                new Problem(
                        network.id(),
                        ProblemKind.ENGINE_ISOLATION_LOST,
                        remedy.after(
                                network.name(),
                                Objects.requireNonNull(lost.peer()).name(),
                                family),
                        List.of());
            case CLOSED_PORTS ->
                new Problem(
                        network.id(),
                        ProblemKind.ENGINE_PORTS_UNCLOSED,
                        (lost.byPolicy() ? EngineRemedies.ofPolicy(lost.family()) : remedy)
                                .after(network.name(), family),
                        List.of());
            case ACCEPT_PORT ->
                new Problem(
                        Objects.requireNonNull(container).id(),
                        ProblemKind.ENGINE_PORT_BLOCKED,
                        remedy.after(
                                Objects.requireNonNull(port).containerPorts() + "/" + port.protocol(),
                                container.name()),
                        List.of());
        };
    }

    private static void addOpenPorts(Container container, RuleOwner guard, List<Problem> problems) {
        for (PortBinding port : container.ports()) {
            if (port.inForce()
                    && port.ruleState() != PortBinding.RuleState.ABSENT
                    && port.hostAddress().isAnyLocalAddress()) {
                problems.add(new Problem(
                        container.id(),
                        ProblemKind.ENGINE_PORT_OPEN,
                        List.of(port.hostPorts() + "/" + port.protocol(), container.name(), guard.toString()),
                        List.of()));
            }
        }
    }
}
