package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.container.EngineTopologyBuilder;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.network.GoneRuleCheck;
import dev.patchbay.core.docker.network.NetworkLinkCheck;
import dev.patchbay.core.docker.network.NetworkLinkCheck.LinkFault;
import dev.patchbay.core.docker.network.NetworkRuleCheck;
import dev.patchbay.core.docker.network.NetworkRuleCheck.LostEffect;
import dev.patchbay.core.docker.port.PortConflict;
import dev.patchbay.core.docker.port.PublishedPortCheck;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads one topology from the engine, the kernel, and Patchbay's own objects beside the engine.
final class EngineTopologyReader {
    private final EngineSession session;
    private final DockerEngine engine;
    private final MachineAccess machine;
    private final EngineHistory history;
    private final NetworkRuleCheck networkRules;
    private final NetworkLinkCheck networkLinks = new NetworkLinkCheck();
    private final AtomicLong revision = new AtomicLong();
    private final HostLinkResolver hostLinks = new HostLinkResolver();
    private final AtomicBoolean followerStarted = new AtomicBoolean();

    EngineTopologyReader(EngineSession session, MachineAccess hostSide, EngineHistory history) {
        this.session = session;
        this.engine = session.engine();
        this.machine = hostSide;
        this.history = history;
        this.networkRules = new NetworkRuleCheck(engine.isPodman() ? RuleOwner.PODMAN : RuleOwner.DOCKER);
    }

    Topology read(EngineState state) throws EngineException {
        HelperState host = machine.state().orElse(null);
        EngineRemedies remedies = EngineRemedies.of(state, engine.isPodman());
        if (host == null) {
            Topology told = EngineTopologyBuilder.of(
                    revision.incrementAndGet(), state, null, AttachedNetworks.NOTHING, history.entries());
            return told.with(DockerProblems.ofNetns(told, remedies))
                    .with(Topology.DriftCoverage.NOTHING)
                    .with(session.rootless().orElse(null));
        }
        AttachedNetworks beside = AttachedNetworks.of(host, state);
        List<String> engines = AttachedNetworks.engines(beside.specs()).stream()
                .filter(engine::isRecordedAs)
                .toList();
        if (!engines.isEmpty() && followerStarted.compareAndSet(false, true)) {
            for (String recorded : engines) {
                machine.startFollower(recorded);
            }
        }
        Topology listed =
                EngineTopologyBuilder.of(revision.incrementAndGet(), state, host.kernel(), beside, history.entries());
        Topology drawn = hostLinks.addTo(listed, host.kernel(), machine);
        List<Problem> problems = new ArrayList<>(host.problems());
        HostRules rules = machine.counters();
        List<PortConflict> conflicts = PortConflict.of(drawn, beside.specs().externalPublishes(), rules, host.kernel());
        Topology seen = withRuleState(drawn, rules);
        // Before what is lost with these rules: its repair mends that as well.
        problems.addAll(goneRuleProblems(seen, rules));
        problems.addAll(DockerProblems.of(
                seen,
                host.kernel(),
                rules,
                conflicts,
                linkFaults(listed, drawn, host.kernel()),
                lostEffects(seen, rules, host),
                remedies));
        return seen.with(problems);
    }

    private List<Problem> goneRuleProblems(Topology seen, HostRules rules) throws EngineException {
        List<Long> gone = goneRules(seen, rules);
        Optional<HelperSession> reader = gone.isEmpty() ? Optional.empty() : machine.reader();
        if (reader.isEmpty()) {
            return List.of();
        }
        try {
            List<PlannedStep> steps = reader.get().restoreEngineRules(gone, true);
            return steps.isEmpty()
                    ? List.of()
                    : List.of(new Problem(
                            null, ProblemKind.ENGINE_RULES_GONE, List.of(Integer.toString(gone.size())), steps));
        } catch (RefusedException notByThisUser) {
            return List.of();
        }
    }

    /// Numbers of the rules of Docker that are gone and that it would still write. As for other losses, the engine
    /// and the kernel are asked again: it may have removed them itself.
    List<Long> goneRules(Topology seen, HostRules rules) throws EngineException {
        if (engine.isPodman() || wantedRules(seen, rules).isEmpty()) {
            return List.of();
        }
        List<Container> containers = new ArrayList<>();
        for (Container container : seen.containers()) {
            if (container.running() && isUnchanged(container)) {
                containers.add(container);
            }
        }
        List<Network> networks = new ArrayList<>();
        for (Network network : seen.networks()) {
            if (network.ofEngine() && isStillThere(network, containers)) {
                networks.add(network);
            }
        }
        return wantedRules(seen.withContainers(containers).withNetworks(networks), machine.counters());
    }

    private List<Long> wantedRules(Topology topology, HostRules rules) throws EngineException {
        List<GoneRule> gone = machine.goneEngineRules();
        if (gone.isEmpty()) {
            return List.of();
        }
        GoneRuleCheck check = new GoneRuleCheck(topology, rules, gone);
        return gone.stream().filter(check::isWanted).map(GoneRule::number).toList();
    }

    /// Whether it still runs since the same start and has all its addresses.
    private boolean isUnchanged(Container container) throws EngineException {
        JsonNode now = stillRunning(container);
        Set<InetAddress> addresses = now.at("/NetworkSettings/Networks")
                .valueStream()
                .flatMap(place -> Stream.of(
                        JsonValues.address(place.path("IPAddress")),
                        JsonValues.address(place.path("GlobalIPv6Address"))))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return !now.isMissingNode()
                && container.endpoints().stream()
                        .flatMap(endpoint -> Stream.of(endpoint.address(), endpoint.address6()))
                        .filter(Objects::nonNull)
                        .allMatch(address -> addresses.contains(address.address()));
    }

    /// A container may have stopped, with its rules, after the engine reported it. So missing rules are
    /// checked again if it still runs; the engine answers after its pending work on it.
    private Topology withRuleState(Topology drawn, HostRules rules) throws EngineException {
        Topology seen = new PublishedPortCheck(rules, machine::listeners).read(drawn, _ -> true);
        Set<Id> lacking = new HashSet<>();
        for (Container container : seen.containers()) {
            if (PublishedPortCheck.hasMissingRule(container) && isStillRunning(container)) {
                lacking.add(container.id());
            }
        }
        return seen.containers().stream().noneMatch(PublishedPortCheck::hasMissingRule)
                ? seen
                : new PublishedPortCheck(machine.counters(), machine::listeners).read(drawn, lacking::contains);
    }

    /// As for ports, the containers of a network may have stopped, with its rules, so that a loss is checked
    /// again. A network has its rules as long as one container runs, so that only the first that still runs is
    /// asked for: with a request for each container, a loss would be shown later the more containers there are.
    private List<LostEffect> lostEffects(Topology seen, HostRules rules, HelperState host) throws EngineException {
        List<LostEffect> first = networkRules.lost(seen, rules, host.kernel());
        if (first.isEmpty()) {
            return first;
        }
        RunningCheck check = new RunningCheck();
        Set<Id> checked = new HashSet<>();
        for (LostEffect loss : first) {
            List<Network> networks =
                    loss.peer() == null ? List.of(loss.network()) : List.of(loss.network(), loss.peer());
            for (Network network : networks) {
                checked.add(network.id());
                check.anyOf(NetworkRuleCheck.candidates(seen, network, loss.family())
                        .toList());
            }
            if (loss.container() != null) {
                check.anyOf(List.of(loss.container()));
            }
        }
        HelperState now = machine.state().orElse(host);
        Topology left = seen.withContainers(seen.containers().stream()
                .filter(container -> !check.stopped.contains(container.id()))
                .toList());
        // Nobody has asked for the containers of other networks, whose rules may have changed since.
        return networkRules.lost(left, machine.counters(), now.kernel()).stream()
                .filter(loss -> checked.contains(loss.network().id())
                        && (loss.peer() == null || checked.contains(loss.peer().id()))
                        && (loss.container() == null
                                || check.running.contains(loss.container().id())))
                .toList();
    }

    /// Asks the engine once for each container.
    private final class RunningCheck {
        private final Set<Id> running = new HashSet<>();
        private final Set<Id> stopped = new HashSet<>();

        /// Asks until one still runs.
        void anyOf(List<Container> containers) throws EngineException {
            for (Container container : containers) {
                Id id = container.id();
                if (!running.contains(id) && !stopped.contains(id)) {
                    (isStillRunning(container) ? running : stopped).add(id);
                }
                if (running.contains(id)) {
                    return;
                }
            }
        }
    }

    /// The engine may have removed links after it reported them, and the helper may not have heard yet of those
    /// that the engine made. So a fault is checked again, for objects that the engine still reports.
    ///
    /// @param listed without the names of host links
    /// @param drawn with these names
    private List<LinkFault> linkFaults(Topology listed, Topology drawn, KernelState kernel) throws EngineException {
        List<LinkFault> first = networkLinks.faults(drawn, kernel.links());
        if (first.isEmpty()) {
            return first;
        }
        Set<Id> networks = new HashSet<>();
        Set<Id> endpoints = new HashSet<>();
        for (LinkFault fault : first) {
            Network network = fault.network();
            if (fault.container() == null) {
                if (isStillThere(network, drawn.containersOn(network.id()))) {
                    networks.add(network.id());
                }
            } else if (isStillConnected(fault.container(), network)) {
                endpoints.add(endpointOf(fault).id());
            }
        }
        Optional<List<KernelState.Link>> links = machine.currentLinks();
        if (links.isEmpty()) {
            // Nobody tells which links lead into containers.
            return first.stream()
                    .filter(fault -> fault.container() == null
                            && networks.contains(fault.network().id()))
                    .toList();
        }
        Topology again = hostLinks.addTo(listed, kernel.withLinks(links.get()), machine);
        return networkLinks.faults(again, links.get()).stream()
                .filter(fault -> fault.container() == null
                        ? networks.contains(fault.network().id())
                        : endpoints.contains(endpointOf(fault).id()))
                .toList();
    }

    private static Endpoint endpointOf(LinkFault fault) {
        return Objects.requireNonNull(Objects.requireNonNull(fault.container())
                .endpointOn(fault.network().id()));
    }

    /// Podman keeps a bridge only while a container runs on its network.
    private boolean isStillThere(Network network, List<Container> containers) throws EngineException {
        try {
            engine.get("/networks/" + network.id());
        } catch (RefusedException gone) {
            return false;
        }
        if (engine.isPodman()) {
            for (Container container : containers) {
                if (container.running() && isStillConnected(container, network)) {
                    return true;
                }
            }
            return false;
        }
        return true;
    }

    private boolean isStillConnected(Container container, Network network) throws EngineException {
        Endpoint endpoint = Objects.requireNonNull(container.endpointOn(network.id()));
        Cidr address = endpoint.address();
        if (address == null) {
            return false;
        }
        InetAddress reported = address.address();
        return stillRunning(container)
                .at("/NetworkSettings/Networks")
                .valueStream()
                .anyMatch(place -> reported.equals(JsonValues.address(place.path("IPAddress"))));
    }

    private boolean isStillRunning(Container container) throws EngineException {
        return !stillRunning(container).isMissingNode();
    }

    /// The container's document; missing when it does not run any more, or was started again.
    private JsonNode stillRunning(Container container) throws EngineException {
        try {
            JsonNode now = engine.get("/containers/" + container.id() + "/json");
            return Instant.parse(now.at("/State/StartedAt").asText("")).equals(container.startedAt())
                            && now.at("/State/Running").asBoolean()
                    ? now
                    : MissingNode.getInstance();
        } catch (RefusedException | DateTimeException gone) {
            return MissingNode.getInstance();
        }
    }

    /// Published ports of Patchbay with a conflict.
    List<PortConflict> portConflicts(EngineState state) throws EngineException {
        HelperState host = machine.state().orElse(null);
        if (host == null) {
            return List.of();
        }
        AttachedNetworks beside = AttachedNetworks.of(host, state);
        return PortConflict.of(
                EngineTopologyBuilder.of(0, state, host.kernel(), beside, List.of()),
                beside.specs().externalPublishes(),
                machine.counters(),
                host.kernel());
    }
}
