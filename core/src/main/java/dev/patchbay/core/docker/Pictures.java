package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.container.DockerPicture;
import dev.patchbay.core.docker.machine.HelperSide;
import dev.patchbay.core.docker.machine.HostSide;
import dev.patchbay.core.docker.network.Beside;
import dev.patchbay.core.docker.port.Contested;
import dev.patchbay.core.docker.port.PortRules;
import dev.patchbay.core.docker.state.DockerState;
import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.status.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// One picture of what the engine says, what the kernel has, and what Patchbay has beside the engine.
final class Pictures {
    private final DockerEngine engine;
    private final HostSide hostSide;
    private final DockerHistory history;
    private final AtomicLong readings = new AtomicLong();
    private final AtomicBoolean followed = new AtomicBoolean();

    Pictures(DockerEngine engine, HostSide hostSide, DockerHistory history) {
        this.engine = engine;
        this.hostSide = hostSide;
        this.history = history;
    }

    Topology of(DockerState state) throws EngineException {
        Reply.State host = hostSide.state().orElse(null);
        if (host == null) {
            return DockerPicture.of(readings.incrementAndGet(), state, null, Beside.NOTHING, history.entries())
                    .with(Topology.Checked.NOTHING);
        }
        Beside beside = Beside.of(HostState.of(host), state);
        List<String> engines =
                HelperSide.engines(beside.specs()).stream().filter(engine::isAt).toList();
        if (!engines.isEmpty() && followed.compareAndSet(false, true)) {
            for (String recorded : engines) {
                hostSide.follow(recorded);
            }
        }
        Topology drawn = DockerPicture.of(readings.incrementAndGet(), state, host.kernel(), beside, history.entries());
        List<Problem> problems = new ArrayList<>(host.problems());
        Reply.CounterSample rules = hostSide.counters();
        List<Contested> contested = Contested.of(drawn, beside.specs().externalPublishes(), rules, host.kernel());
        Topology seen = withRules(drawn, rules);
        problems.addAll(DockerProblems.of(seen, host.kernel(), rules, contested));
        return seen.with(problems);
    }

    /// A container may have stopped after the engine told of it, and its rules have gone with it. So missing rules
    /// are looked for once more if it runs on: the engine answers when it has done what it is doing with it.
    private Topology withRules(Topology drawn, Reply.CounterSample rules) throws EngineException {
        Topology seen = new PortRules(rules, hostSide::listeners).read(drawn, _ -> true);
        Set<Id> lacking = new HashSet<>();
        for (Container container : seen.containers()) {
            if (PortRules.lacksOne(container) && runsOn(container)) {
                lacking.add(container.id());
            }
        }
        return seen.containers().stream().noneMatch(PortRules::lacksOne)
                ? seen
                : new PortRules(hostSide.counters(), hostSide::listeners).read(drawn, lacking::contains);
    }

    private boolean runsOn(Container container) throws EngineException {
        try {
            JsonNode now = engine.get("/containers/" + container.id() + "/json");
            return Instant.parse(now.at("/State/StartedAt").asText("")).equals(container.startedAt())
                    && now.at("/State/Running").asBoolean();
        } catch (Mistake | DateTimeException gone) {
            return false;
        }
    }

    /// Ports that Patchbay publishes and not it alone decides about.
    List<Contested> contested(DockerState state) throws EngineException {
        Reply.State host = hostSide.state().orElse(null);
        if (host == null) {
            return List.of();
        }
        Beside beside = Beside.of(HostState.of(host), state);
        return Contested.of(
                DockerPicture.of(0, state, host.kernel(), beside, List.of()),
                beside.specs().externalPublishes(),
                hostSide.counters(),
                host.kernel());
    }
}
