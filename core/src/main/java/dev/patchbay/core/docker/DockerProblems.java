package dev.patchbay.core.docker;

import dev.patchbay.core.docker.network.NetworkRuleCheck.LostEffect;
import dev.patchbay.core.docker.port.PortConflict;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds differences between the kernel and the engine, and ports whose packets do not go where the
/// engine says.
final class DockerProblems {
    private DockerProblems() {}

    /// @param rules of the host's firewall; empty when they cannot be read
    /// @param conflicts published ports of Patchbay with a conflict
    /// @param lost effects of the engine's rules that are gone
    static List<Problem> of(
            Topology topology,
            KernelState kernel,
            HostRules rules,
            List<PortConflict> conflicts,
            List<LostEffect> lost,
            EngineRemedies remedies) {
        List<Problem> problems = new ArrayList<>();
        Set<String> links = kernel.links().stream().map(KernelState.Link::name).collect(Collectors.toSet());
        for (Network network : topology.networks()) {
            if (network.hasBridge() && !links.contains(network.bridge())) {
                problems.add(new Problem(
                        network.id(),
                        ProblemKind.ENGINE_BRIDGE_GONE,
                        List.of(network.name(), network.bridge()),
                        List.of()));
            } else if (network.hasBridge() && !network.bridgeUp()) {
                problems.add(new Problem(
                        network.id(),
                        ProblemKind.ENGINE_BRIDGE_DOWN,
                        List.of(network.bridge(), network.name()),
                        List.of()));
            }
        }
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
                        remedies.ofRules(List.of(container.name()))
                                .after(port.hostPorts() + "/" + port.protocol(), container.name()),
                        List.of()));
            }
        }
    }

    private static Problem problem(LostEffect lost, Topology topology, EngineRemedies remedies) {
        Network network = lost.network();
        Container container = lost.container();
        PortBinding port = lost.port();
        String family = lost.family() == Family.IPV4 ? "IPv4" : "IPv6";
        List<String> onNetwork = topology.containersOn(network.id()).stream()
                .filter(Container::running)
                .map(Container::name)
                .toList();
        EngineRemedies.Remedy remedy = remedies.ofRules(container == null ? onNetwork : List.of(container.name()));
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
