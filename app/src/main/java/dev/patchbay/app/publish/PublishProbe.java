package dev.patchbay.app.publish;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Probes a port after it was published, and reports the result.
public final class PublishProbe {
    private final HostViewModel host;

    public PublishProbe(HostViewModel host) {
        this.host = host;
    }

    public void install() {
        host.addDoneListener((change, done) -> {
            if (change instanceof Change.Publish publish) {
                host.ask(
                        connected -> probe(connected, publish),
                        result -> result.ifPresent(heard -> report(heard, done.activity())),
                        _ -> {});
            }
        });
    }

    private record ProbeResult(Container container, PortBinding port, TracedPath path) {}

    /// Empty when there is nothing to probe, for example because the container is stopped.
    private static Optional<ProbeResult> probe(ConnectedHost connected, Change.Publish publish) throws EngineException {
        for (Container container : connected.topology().containers()) {
            PortBinding port = container.name().equals(publish.container()) ? newest(container.ports(), publish) : null;
            if (port != null && port.inForce() && explain(connected, port) instanceof TracedPath path) {
                return Optional.of(new ProbeResult(container, port, path));
            }
        }
        return Optional.empty();
    }

    private static @Nullable PortBinding newest(List<PortBinding> ports, Change.Publish publish) {
        return ports.reversed().stream()
                .filter(port -> port.protocol() == publish.mapping().protocol()
                        && port.containerPorts().equals(publish.mapping().containerPorts()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable TracedPath explain(ConnectedHost connected, PortBinding port) throws EngineException {
        String to = "host:" + port.hostPorts().first() + "/" + port.protocol();
        try {
            return connected.explain(new ReachabilityRequest("host", to, false, true));
        } catch (RefusedException refused) {
            return null;
        }
    }

    private void report(ProbeResult result, long action) {
        String where = result.port.hostSide();
        Hop problem = result.path.firstProblem();
        host.showNotification(
                problem == null
                        ? Notification.done(Messages.of("probe.answers", result.container.name(), where), action)
                        : new Notification(
                                Notification.Kind.ERROR,
                                Messages.of("probe.silent", where, problem.title()),
                                MessageText.of(problem.sentence()),
                                action));
    }
}
