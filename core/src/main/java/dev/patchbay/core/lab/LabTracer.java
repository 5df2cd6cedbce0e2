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
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.ProbeProtocol.Method;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what an explanation needs, and sends the packet that proves it.
final class LabTracer {
    /// Longer than the kernel takes to send a first packet again.
    private static final int WAIT_MILLIS = 1500;

    private final HelperConnection link;
    private final HelperConnection.Opener opener;

    /// @param opener of a connection for the probe, so that nothing else waits for it
    LabTracer(HelperConnection link, HelperConnection.Opener opener) {
        this.link = link;
        this.opener = opener;
    }

    Explanation explain(ReachabilityRequest inquiry, HelperState state) throws EngineException {
        try {
            ReachabilityQuery question = inquiry.question(state.specs());
            Topology topology = LabTopologyBuilder.of(state, List.of());
            TraceInputs readings = read(question, topology);
            TracedPath derived = PathTracer.derive(question, readings);
            return new Explanation.Explained(inquiry.probe() ? probed(derived, readings) : derived);
        } catch (RefusedException mistake) {
            return new Explanation.Refused(mistake.refusal());
        }
    }

    private TraceInputs read(ReachabilityQuery question, Topology topology) throws EngineException {
        Reply.NetnsState host =
                StateMirror.granted(link.call(new Request.InspectNetns(new ProbeSource.Host())), "look at the host");
        Map<Id, Reply.NetnsState> sandboxes = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.running() && mayMatter(container, question, topology)) {
                Reply.NetnsState sight = look(new ProbeSource.Sandbox(container.id()));
                if (sight != null) {
                    sandboxes.put(container.id(), sight);
                }
            }
        }
        return new TraceInputs(
                topology,
                StateMirror.granted(link.call(new Request.Counters()), "read the counters"),
                host,
                sandboxes,
                look(new ProbeSource.Outside()));
    }

    /// It is an end, or whose namespace an end shares, or what the host's port leads to.
    private static boolean mayMatter(Container container, ReachabilityQuery question, Topology topology) {
        return isAt(question.from(), container, topology)
                || isAt(question.to(), container, topology)
                || (question.to() instanceof PathEnd.OnHost
                        && container.ports().stream()
                                .anyMatch(port -> port.hostPorts().contains(Math.max(1, question.port()))));
    }

    private static boolean isAt(PathEnd end, Container container, Topology topology) {
        return end instanceof PathEnd.InContainer(var id)
                && (id.equals(container.id())
                        || (topology.container(id) instanceof Container sharing
                                && sharing.networkMode().endsWith(":" + container.id())));
    }

    /// Null when there is nothing to look at, or no longer.
    private Reply.@Nullable NetnsState look(ProbeSource from) throws EngineException {
        return switch (link.call(new Request.InspectNetns(from))) {
            case Answer.Granted<Reply.NetnsState>(Reply.NetnsState sight) -> sight;
            case Answer.Refused<Reply.NetnsState> _ -> null;
        };
    }

    private TracedPath probed(TracedPath derived, TraceInputs readings) throws EngineException {
        ReachabilityQuery question = derived.question();
        TracedPath.Destination aim = derived.aim();
        if (aim == null || question.protocol() == Protocol.SCTP) {
            return derived;
        }
        Method means = question.protocol() == null
                ? Method.PING
                : question.protocol() == Protocol.TCP ? Method.TCP : Method.UDP;
        Request.Probe request =
                new Request.Probe(standpoint(question.from()), means, aim.address(), aim.port(), WAIT_MILLIS);
        HelperConnection own = opener.open();
        try {
            return switch (own.call(request)) {
                case Answer.Granted<Reply.ProbeResult>(Reply.ProbeResult probe) ->
                    ProbeComparison.join(
                            derived,
                            readings.rules(),
                            StateMirror.granted(own.call(new Request.Counters()), "read the counters"),
                            probe);
                case Answer.Refused<Reply.ProbeResult> _ -> derived;
            };
        } finally {
            own.close();
        }
    }

    private static ProbeSource standpoint(PathEnd end) {
        return switch (end) {
            case PathEnd.OnHost() -> new ProbeSource.Host();
            case PathEnd.Outside() -> new ProbeSource.Outside();
            case PathEnd.InContainer(var id) -> new ProbeSource.Sandbox(id);
        };
    }
}
