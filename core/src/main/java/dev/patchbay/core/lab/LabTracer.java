package dev.patchbay.core.lab;

import dev.patchbay.core.lab.state.HelperState;
import dev.patchbay.core.lab.state.LabTopologyBuilder;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.PathEnd;
import dev.patchbay.core.reachability.PathTracer;
import dev.patchbay.core.reachability.ProbeComparison;
import dev.patchbay.core.reachability.ReachabilityQuery;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TraceInputs;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Request.Probe.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what an explanation needs, and sends the packet that proves it.
final class LabTracer {
    /// Longer than the kernel takes to send a first packet again.
    private static final int PROBE_TIMEOUT_MILLIS = 1500;

    private final HelperConnection connection;
    private final HelperConnection.Opener opener;

    /// @param opener of a connection for the probe, so that nothing else waits for it
    LabTracer(HelperConnection link, HelperConnection.Opener opener) {
        this.connection = link;
        this.opener = opener;
    }

    Explanation explain(ReachabilityRequest inquiry, HelperState state) throws EngineException {
        try {
            ReachabilityQuery question = inquiry.resolve(state.specs());
            Topology topology = LabTopologyBuilder.of(state, List.of());
            TraceInputs readings = readInputs(question, topology);
            TracedPath derived = PathTracer.tracePath(question, readings);
            return new Explanation.Explained(inquiry.probe() ? withProbe(derived, readings) : derived);
        } catch (RefusedException mistake) {
            return new Explanation.Refused(mistake.refusal());
        }
    }

    private TraceInputs readInputs(ReachabilityQuery question, Topology topology) throws EngineException {
        NetnsState host = StateMirror.requireGranted(
                        connection.call(new Request.InspectNetns(new ProbeSource.Host())), "look at the host")
                .state();
        Map<Id, NetnsState> sandboxes = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.running() && isRelevant(container, question, topology)) {
                NetnsState sight = readNetns(new ProbeSource.Sandbox(container.id()));
                if (sight != null) {
                    sandboxes.put(container.id(), sight);
                }
            }
        }
        return new TraceInputs(
                topology,
                StateMirror.requireGranted(connection.call(new Request.Counters()), "read the counters")
                        .rules(),
                host,
                sandboxes,
                readNetns(new ProbeSource.Outside()));
    }

    /// It is an end, or whose namespace an end shares, or what the host's port leads to.
    private static boolean isRelevant(Container container, ReachabilityQuery question, Topology topology) {
        return isInNetnsOf(question.from(), container, topology)
                || isInNetnsOf(question.to(), container, topology)
                || (question.to() instanceof PathEnd.OnHost
                        && container.ports().stream()
                                .anyMatch(port -> port.hostPorts().contains(Math.max(1, question.port()))));
    }

    private static boolean isInNetnsOf(PathEnd end, Container container, Topology topology) {
        return end instanceof PathEnd.InContainer(var id)
                && (id.equals(container.id())
                        || (topology.container(id) instanceof Container sharing
                                && sharing.networkMode().endsWith(":" + container.id())));
    }

    /// Null when there is nothing to look at, or no longer.
    private @Nullable NetnsState readNetns(ProbeSource from) throws EngineException {
        return switch (connection.call(new Request.InspectNetns(from))) {
            case Answer.Granted<Reply.Netns>(Reply.Netns(NetnsState sight)) -> sight;
            case Answer.Refused<Reply.Netns> _ -> null;
        };
    }

    private TracedPath withProbe(TracedPath derived, TraceInputs readings) throws EngineException {
        ReachabilityQuery question = derived.question();
        TracedPath.Destination aim = derived.destination();
        if (aim == null || question.protocol() == Protocol.SCTP) {
            return derived;
        }
        Method means = question.protocol() == null
                ? Method.PING
                : question.protocol() == Protocol.TCP ? Method.TCP : Method.UDP;
        Request.Probe request =
                new Request.Probe(probeSource(question.from()), means, aim.address(), aim.port(), PROBE_TIMEOUT_MILLIS);
        HelperConnection own = opener.open();
        try {
            return switch (own.call(request)) {
                case Answer.Granted<Reply.Probed>(Reply.Probed(ProbeResult probe)) ->
                    ProbeComparison.merge(
                            derived,
                            readings.rules(),
                            StateMirror.requireGranted(own.call(new Request.Counters()), "read the counters")
                                    .rules(),
                            probe);
                case Answer.Refused<Reply.Probed> _ -> derived;
            };
        } finally {
            own.close();
        }
    }

    private static ProbeSource probeSource(PathEnd end) {
        return switch (end) {
            case PathEnd.OnHost() -> new ProbeSource.Host();
            case PathEnd.Outside() -> new ProbeSource.Outside();
            case PathEnd.InContainer(var id) -> new ProbeSource.Sandbox(id);
        };
    }
}
