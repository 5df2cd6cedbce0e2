package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.change.Shared;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.Unreadable;
import dev.patchbay.engine.netns.ContainerCgroup;
import dev.patchbay.engine.netns.Entrance;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.probe.HostSockets;
import dev.patchbay.engine.probe.Knock;
import dev.patchbay.engine.probe.Settings;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Reply.Presence.Place;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.Standpoint;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Looks and knocks from inside namespaces. Changes nothing and takes no lock while it waits; any thread may call.
final class Standpoints {
    private final Shared shared;

    Standpoints(Shared shared) {
        this.shared = shared;
    }

    Reply look(Request.Look request) throws EngineException {
        List<Unreadable> unreadable = new ArrayList<>();
        Reply sight = from(request.from(), () -> sight(unreadable::add));
        shared.report("sight", unreadable);
        return sight;
    }

    Reply probe(Request.Probe request) throws EngineException {
        return from(request.from(), () -> Knock.knock(request.means(), request.to(), request.port(), request.millis()));
    }

    /// The namespace is held first and the process looked at then: a number that is another process's by then is in
    /// another cgroup.
    Reply runsHere(Request.RunsHere request) throws EngineException {
        try (Namespace own = Namespaces.current();
                Namespace held = Namespaces.ofProcess(request.process())) {
            Path process = Path.of("/proc", Long.toString(request.process()));
            boolean its = new ContainerCgroup(request.engine(), request.container()).has(process);
            return new Reply.Presence(its ? place(held, own) : Place.ELSEWHERE);
        } catch (EngineException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return new Reply.Presence(Place.ELSEWHERE);
            }
            throw e;
        }
    }

    private static Place place(Namespace of, Namespace own) throws EngineException {
        if (of.inode() == own.inode()) {
            return Place.HERE;
        }
        try (RouteNetlink netlink = RouteNetlink.openIn(of)) {
            Set<Integer> others = netlink.linkedNamespaces();
            return others.isEmpty()
                    ? Place.HERE_ALONE
                    : others.contains(netlink.numberOf(own)) ? Place.HERE : Place.ELSEWHERE;
        }
    }

    private Reply from(Standpoint standpoint, Callable<? extends Reply> work) throws EngineException {
        return switch (standpoint) {
            // On a thread of its own as well: the caller's may be a virtual one.
            case Standpoint.OfHost() -> inside(Namespaces.current(), work);
            case Standpoint.OfOutside() ->
                Namespaces.names().contains(Uplink.OUTSIDE)
                        ? inside(Namespaces.open(Uplink.OUTSIDE), work)
                        : refused("no-outside", "this host has no namespace for the outside: only a Lab has one");
            case Standpoint.OfSandbox(var id) -> {
                if (!(shared.specs().find(id) instanceof SandboxSpec sandbox)) {
                    yield refused("container-not-found", "No such container: " + id);
                }
                if (!sandbox.running()) {
                    yield refused("container-not-running", "Container " + id + " is not running");
                }
                yield inside(sandbox.onHostNetwork() ? Namespaces.current() : new Entrance(sandbox).open(), work);
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

    private static Reply.Sight sight(Consumer<Unreadable> unreadable) throws EngineException {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<Link> links = netlink.links(unreadable);
            return new Reply.Sight(
                    links,
                    netlink.routes(unreadable),
                    HostSockets.listeners(PortRange.EVERY, unreadable),
                    Settings.passage(links));
        }
    }
}
