package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.change.DaemonState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.Unreadable;
import dev.patchbay.engine.netns.ContainerCgroup;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.netns.NetnsRef;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.probe.ForwardingSettingsReader;
import dev.patchbay.engine.probe.ListenerReader;
import dev.patchbay.engine.probe.Probe;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Reply.ContainerPresence.NetnsLocation;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Looks and knocks from inside namespaces. Changes nothing and takes no lock while it waits; any thread may call.
final class NetnsRequests {
    private final DaemonState shared;

    NetnsRequests(DaemonState shared) {
        this.shared = shared;
    }

    Reply look(Request.InspectNetns request) throws EngineException {
        List<Unreadable> unreadable = new ArrayList<>();
        Reply sight = from(request.from(), () -> sight(unreadable::add));
        shared.report("sight", unreadable);
        return sight;
    }

    Reply probe(Request.Probe request) throws EngineException {
        return from(request.from(), () -> Probe.knock(request.means(), request.to(), request.port(), request.millis()));
    }

    /// The namespace is held first and the process looked at then: a number that is another process's by then is in
    /// another cgroup.
    Reply runsHere(Request.LocateContainer request) throws EngineException {
        try (Namespace own = Namespaces.current();
                Namespace held = Namespaces.ofProcess(request.process())) {
            Path process = Path.of("/proc", Long.toString(request.process()));
            boolean its = new ContainerCgroup(request.engine(), request.container()).has(process);
            return new Reply.ContainerPresence(its ? place(held, own) : NetnsLocation.ELSEWHERE);
        } catch (EngineException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return new Reply.ContainerPresence(NetnsLocation.ELSEWHERE);
            }
            throw e;
        }
    }

    private static NetnsLocation place(Namespace of, Namespace own) throws EngineException {
        if (of.inode() == own.inode()) {
            return NetnsLocation.HERE;
        }
        try (RouteNetlink netlink = RouteNetlink.openIn(of)) {
            Set<Integer> others = netlink.linkedNamespaces();
            return others.isEmpty()
                    ? NetnsLocation.HERE_ALONE
                    : others.contains(netlink.numberOf(own)) ? NetnsLocation.HERE : NetnsLocation.ELSEWHERE;
        }
    }

    private Reply from(ProbeSource standpoint, Callable<? extends Reply> work) throws EngineException {
        return switch (standpoint) {
            // On a thread of its own as well: the caller's may be a virtual one.
            case ProbeSource.Host() -> inside(Namespaces.current(), work);
            case ProbeSource.Outside() ->
                Namespaces.names().contains(LabUplink.OUTSIDE)
                        ? inside(Namespaces.open(LabUplink.OUTSIDE), work)
                        : refused("no-outside", "this host has no namespace for the outside: only a Lab has one");
            case ProbeSource.Sandbox(var id) -> {
                if (!(shared.specs().find(id) instanceof SandboxSpec sandbox)) {
                    yield refused("container-not-found", "No such container: " + id);
                }
                if (!sandbox.running()) {
                    yield refused("container-not-running", "Container " + id + " is not running");
                }
                yield inside(sandbox.onHostNetwork() ? Namespaces.current() : new NetnsRef(sandbox).open(), work);
            }
        };
    }

    private static Reply inside(Namespace held, Callable<? extends Reply> work) throws EngineException {
        try (held) {
            return Namespaces.inside(held, work);
        }
    }

    private static Reply.Refused refused(String code, String sentence) {
        return new Reply.Refused(Refusal.of(code, sentence));
    }

    private static Reply.NetnsState sight(Consumer<Unreadable> unreadable) throws EngineException {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<Link> links = netlink.links(unreadable);
            return new Reply.NetnsState(
                    links,
                    netlink.routes(unreadable),
                    ListenerReader.listeners(PortRange.EVERY, unreadable),
                    ForwardingSettingsReader.passage(links));
        }
    }
}
