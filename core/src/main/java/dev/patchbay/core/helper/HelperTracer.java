package dev.patchbay.core.helper;

import dev.patchbay.core.model.Topology;
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
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Request.Probe.Method;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the inputs of a trace from a helper, and sends the probe.
public final class HelperTracer implements TraceInputs.Reader {
    /// Longer than the kernel's first retransmission timeout.
    private static final int PROBE_TIMEOUT_MILLIS = 1500;

    private final HelperSession session;
    private final Function<Id, @Nullable ProbeSource> containers;

    private HelperTracer(HelperSession session, Function<Id, @Nullable ProbeSource> containers) {
        this.session = session;
        this.containers = containers;
    }

    /// @param containers the namespace of each container; null for one that does not run
    public static TracedPath explain(
            ReachabilityRequest request,
            Topology topology,
            HelperSession session,
            Function<Id, @Nullable ProbeSource> containers)
            throws EngineException, RefusedException {
        ReachabilityQuery query = request.resolve(topology);
        // No other request waits for the probe.
        try (HelperSession own = session.sharing()) {
            HelperTracer tracer = new HelperTracer(own, containers);
            TraceInputs inputs = TraceInputs.read(query, topology, tracer);
            TracedPath derived = PathTracer.tracePath(query, inputs);
            return request.probe() ? tracer.withProbe(derived, inputs) : derived;
        }
    }

    @Override
    public HostRules rules() throws EngineException {
        return session.rules();
    }

    @Override
    public NetnsState host() throws EngineException {
        return session.host();
    }

    @Override
    public @Nullable NetnsState container(Id id) throws EngineException {
        ProbeSource source = containers.apply(id);
        return source == null ? null : session.netns(source);
    }

    @Override
    public @Nullable NetnsState outside() throws EngineException {
        return session.netns(new ProbeSource.Outside());
    }

    private TracedPath withProbe(TracedPath derived, TraceInputs inputs) throws EngineException {
        ReachabilityQuery query = derived.question();
        TracedPath.Destination destination = derived.destination();
        ProbeSource source = probeSource(query.from());
        if (destination == null || source == null || query.protocol() == Protocol.SCTP) {
            return derived;
        }
        Method method =
                query.protocol() == null ? Method.PING : query.protocol() == Protocol.TCP ? Method.TCP : Method.UDP;
        Request.Probe request =
                new Request.Probe(source, method, destination.address(), destination.port(), PROBE_TIMEOUT_MILLIS);
        ProbeResult result = session.probe(request);
        return result == null ? derived : ProbeComparison.merge(derived, inputs.rules(), rules(), result);
    }

    private @Nullable ProbeSource probeSource(PathEnd end) {
        return switch (end) {
            case PathEnd.OnHost() -> new ProbeSource.Host();
            case PathEnd.Outside() -> new ProbeSource.Outside();
            case PathEnd.InContainer(Id id) -> containers.apply(id);
            case PathEnd.AtAddress _ -> null; // nobody sends from another machine
        };
    }
}
