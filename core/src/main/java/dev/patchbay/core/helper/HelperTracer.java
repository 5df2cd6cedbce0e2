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
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Request.Probe.Method;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what an explanation needs from a helper, and sends the packet that proves it.
public final class HelperTracer implements TraceInputs.Reader {
    /// Longer than the kernel takes to send a first packet again.
    private static final int PROBE_TIMEOUT_MILLIS = 1500;

    private final HelperConnection connection;
    private final Function<Id, @Nullable ProbeSource> containers;

    private HelperTracer(HelperConnection connection, Function<Id, @Nullable ProbeSource> containers) {
        this.connection = connection;
        this.containers = containers;
    }

    /// @param opener of a connection for this explanation, so that no other request waits for the probe
    /// @param containers the namespace of each container; null for one that does not run
    public static TracedPath explain(
            ReachabilityRequest request,
            Topology topology,
            HelperConnection.Opener opener,
            Function<Id, @Nullable ProbeSource> containers)
            throws EngineException, RefusedException {
        ReachabilityQuery query = request.resolve(topology);
        try (HelperConnection own = opener.open()) {
            HelperTracer tracer = new HelperTracer(own, containers);
            TraceInputs inputs = TraceInputs.read(query, topology, tracer);
            TracedPath derived = PathTracer.tracePath(query, inputs);
            return request.probe() ? tracer.withProbe(derived, inputs) : derived;
        }
    }

    @Override
    public HostRules rules() throws EngineException {
        return StateMirror.requireGranted(connection.call(new Request.Counters()), "read the counters")
                .rules();
    }

    @Override
    public NetnsState host() throws EngineException {
        return StateMirror.requireGranted(
                        connection.call(new Request.InspectNetns(new ProbeSource.Host())), "look at the host")
                .state();
    }

    @Override
    public @Nullable NetnsState container(Id id) throws EngineException {
        ProbeSource source = containers.apply(id);
        return source == null ? null : inspect(source);
    }

    @Override
    public @Nullable NetnsState outside() throws EngineException {
        return inspect(new ProbeSource.Outside());
    }

    /// Null when there is nothing to look at, or no longer.
    private @Nullable NetnsState inspect(ProbeSource from) throws EngineException {
        return switch (connection.call(new Request.InspectNetns(from))) {
            case Answer.Granted<Reply.Netns>(Reply.Netns(NetnsState state)) -> state;
            case Answer.Refused<Reply.Netns> _ -> null;
        };
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
        return switch (connection.call(request)) {
            case Answer.Granted<Reply.Probed>(Reply.Probed(ProbeResult result)) ->
                ProbeComparison.merge(derived, inputs.rules(), rules(), result);
            case Answer.Refused<Reply.Probed> _ -> derived;
        };
    }

    private @Nullable ProbeSource probeSource(PathEnd end) {
        return switch (end) {
            case PathEnd.OnHost() -> new ProbeSource.Host();
            case PathEnd.Outside() -> new ProbeSource.Outside();
            case PathEnd.InContainer(Id id) -> containers.apply(id);
        };
    }
}
