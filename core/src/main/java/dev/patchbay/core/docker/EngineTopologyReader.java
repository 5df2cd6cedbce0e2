package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.container.EngineTopologyBuilder;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.network.NetworkRuleCheck;
import dev.patchbay.core.docker.network.NetworkRuleCheck.LostEffect;
import dev.patchbay.core.docker.port.PortConflict;
import dev.patchbay.core.docker.port.PublishedPortCheck;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.status.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Reads one topology from the engine, the kernel, and Patchbay's own objects beside the engine.
final class EngineTopologyReader {
    private final EngineSession session;
    private final DockerEngine engine;
    private final MachineAccess machine;
    private final EngineHistory history;
    private final NetworkRuleCheck networkRules;
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
        if (host == null) {
            return EngineTopologyBuilder.of(
                            revision.incrementAndGet(), state, null, AttachedNetworks.NOTHING, history.entries())
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
        Topology drawn = hostLinks.addTo(
                EngineTopologyBuilder.of(revision.incrementAndGet(), state, host.kernel(), beside, history.entries()),
                host.kernel(),
                machine);
        List<Problem> problems = new ArrayList<>(host.problems());
        HostRules rules = machine.counters();
        List<PortConflict> conflicts = PortConflict.of(drawn, beside.specs().externalPublishes(), rules, host.kernel());
        Topology seen = withRuleState(drawn, rules);
        problems.addAll(DockerProblems.of(
                seen,
                host.kernel(),
                rules,
                conflicts,
                lostEffects(seen, rules, host),
                EngineRemedies.of(state, engine.isPodman())));
        return seen.with(problems);
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

    /// As for ports, the containers of a network may have stopped, with its rules, so that a loss is checked again.
    private List<LostEffect> lostEffects(Topology seen, HostRules rules, HelperState host) throws EngineException {
        List<LostEffect> first = networkRules.lost(seen, rules, host.kernel());
        if (first.isEmpty()) {
            return first;
        }
        List<Container> running = new ArrayList<>();
        for (Container container : seen.containers()) {
            if (container.running() && isStillRunning(container)) {
                running.add(container);
            }
        }
        HelperState now = machine.state().orElse(host);
        return networkRules.lost(seen.withContainers(running), machine.counters(), now.kernel());
    }

    private boolean isStillRunning(Container container) throws EngineException {
        try {
            JsonNode now = engine.get("/containers/" + container.id() + "/json");
            return Instant.parse(now.at("/State/StartedAt").asText("")).equals(container.startedAt())
                    && now.at("/State/Running").asBoolean();
        } catch (RefusedException | DateTimeException gone) {
            return false;
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
