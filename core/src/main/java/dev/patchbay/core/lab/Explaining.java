package dev.patchbay.core.lab;

import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.lab.state.Snapshot;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Derivation;
import dev.patchbay.core.reachability.End;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.Inquiry;
import dev.patchbay.core.reachability.Path;
import dev.patchbay.core.reachability.Probed;
import dev.patchbay.core.reachability.Question;
import dev.patchbay.core.reachability.Readings;
import dev.patchbay.core.refusal.Mistake;
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
final class Explaining {
    /// Longer than the kernel takes to send a first packet again.
    private static final int WAIT_MILLIS = 1500;

    private final HelperLink link;
    private final HelperLink.Opener opener;

    /// @param opener of a connection for the probe, so that nothing else waits for it
    Explaining(HelperLink link, HelperLink.Opener opener) {
        this.link = link;
        this.opener = opener;
    }

    Explanation explain(Inquiry inquiry, HostState state) throws EngineException {
        try {
            Question question = inquiry.question(state.specs());
            Topology topology = Snapshot.of(state, List.of());
            Readings readings = read(question, topology);
            Path derived = Derivation.derive(question, readings);
            return new Explanation.Explained(inquiry.probe() ? probed(derived, readings) : derived);
        } catch (Mistake mistake) {
            return new Explanation.Refused(mistake.refusal());
        }
    }

    private Readings read(Question question, Topology topology) throws EngineException {
        Reply.NetnsState host =
                Mirror.granted(link.call(new Request.InspectNetns(new ProbeSource.Host())), "look at the host");
        Map<Id, Reply.NetnsState> sandboxes = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.running() && mayMatter(container, question, topology)) {
                Reply.NetnsState sight = look(new ProbeSource.Sandbox(container.id()));
                if (sight != null) {
                    sandboxes.put(container.id(), sight);
                }
            }
        }
        return new Readings(
                topology,
                Mirror.granted(link.call(new Request.Counters()), "read the counters"),
                host,
                sandboxes,
                look(new ProbeSource.Outside()));
    }

    /// It is an end, or whose namespace an end shares, or what the host's port leads to.
    private static boolean mayMatter(Container container, Question question, Topology topology) {
        return isAt(question.from(), container, topology)
                || isAt(question.to(), container, topology)
                || (question.to() instanceof End.OnHost
                        && container.ports().stream()
                                .anyMatch(port -> port.hostPorts().contains(Math.max(1, question.port()))));
    }

    private static boolean isAt(End end, Container container, Topology topology) {
        return end instanceof End.InContainer(var id)
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

    private Path probed(Path derived, Readings readings) throws EngineException {
        Question question = derived.question();
        Path.Aim aim = derived.aim();
        if (aim == null || question.protocol() == Protocol.SCTP) {
            return derived;
        }
        Method means = question.protocol() == null
                ? Method.PING
                : question.protocol() == Protocol.TCP ? Method.TCP : Method.UDP;
        Request.Probe request =
                new Request.Probe(standpoint(question.from()), means, aim.address(), aim.port(), WAIT_MILLIS);
        HelperLink own = opener.open();
        try {
            return switch (own.call(request)) {
                case Answer.Granted<Reply.ProbeResult>(Reply.ProbeResult probe) ->
                    Probed.join(
                            derived,
                            readings.rules(),
                            Mirror.granted(own.call(new Request.Counters()), "read the counters"),
                            probe);
                case Answer.Refused<Reply.ProbeResult> _ -> derived;
            };
        } finally {
            own.close();
        }
    }

    private static ProbeSource standpoint(End end) {
        return switch (end) {
            case End.OnHost() -> new ProbeSource.Host();
            case End.Outside() -> new ProbeSource.Outside();
            case End.InContainer(var id) -> new ProbeSource.Sandbox(id);
        };
    }
}
