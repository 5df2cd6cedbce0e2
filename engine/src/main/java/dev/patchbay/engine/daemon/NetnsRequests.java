package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.change.DaemonState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.netlink.RouteNetlink;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads and probes inside a namespace. It changes nothing and holds no lock while it waits; any thread
/// may call.
final class NetnsRequests {
    private final DaemonState shared;

    NetnsRequests(DaemonState shared) {
        this.shared = shared;
    }

    Reply inspect(Request.InspectNetns request) throws EngineException {
        List<Unreadable> unreadable = new ArrayList<>();
        Reply reply = runInSource(request.from(), () -> new Reply.Netns(readState(unreadable::add)));
        shared.reportUnreadable("sight", unreadable);
        return reply;
    }

    Reply probe(Request.Probe request) throws EngineException {
        return runInSource(
                request.from(),
                () -> new Reply.Probed(Probe.send(request.means(), request.to(), request.port(), request.millis())));
    }

    Reply locateContainer(Request.LocateContainer request) throws EngineException {
        Namespace held = openContainer(request.engine(), request.container(), request.process());
        if (held == null) {
            return new Reply.ContainerPresence(NetnsLocation.ELSEWHERE);
        }
        try (held;
                Namespace own = Namespaces.current()) {
            return new Reply.ContainerPresence(locationOf(held, own));
        }
    }

    Reply hostLinks(List<Long> processes) throws EngineException {
        return runInside(Namespaces.current(), () -> new Reply.HostLinks(namesByProcess(processes)));
    }

    private static Map<Long, List<String>> namesByProcess(List<Long> processes) throws EngineException {
        Map<Long, List<String>> names = new HashMap<>();
        try (RouteNetlink netlink = RouteNetlink.open();
                Namespace own = Namespaces.current()) {
            Map<Integer, List<String>> links = netlink.linksByPeerNetns();
            for (long process : processes) {
                Namespace other = openProcess(process);
                if (other == null) {
                    continue;
                }
                try (other) {
                    if (other.inode() != own.inode()) {
                        names.put(process, links.getOrDefault(netlink.netnsIdOf(other), List.of()));
                    }
                }
            }
        }
        return names;
    }

    private static NetnsLocation locationOf(Namespace of, Namespace own) throws EngineException {
        if (of.inode() == own.inode()) {
            return NetnsLocation.HERE;
        }
        try (RouteNetlink netlink = RouteNetlink.openIn(of)) {
            Set<Integer> others = netlink.linksByPeerNetns().keySet();
            return others.isEmpty()
                    ? NetnsLocation.HERE_ALONE
                    : others.contains(netlink.netnsIdOf(own)) ? NetnsLocation.HERE : NetnsLocation.ELSEWHERE;
        }
    }

    /// Opens the namespace before it checks the process: if the pid belongs to another process by then,
    /// that one is in another cgroup.
    ///
    /// @return null when the process is not the container's
    private static @Nullable Namespace openContainer(String engine, Id container, long process) throws EngineException {
        Namespace held = openProcess(process);
        if (held == null) {
            return null;
        }
        if (new ContainerCgroup(engine, container).contains(Path.of("/proc", Long.toString(process)))) {
            return held;
        }
        held.close();
        return null;
    }

    /// Null when the process is gone.
    private static @Nullable Namespace openProcess(long process) throws EngineException {
        try {
            return Namespaces.openProcess(process);
        } catch (EngineException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return null;
            }
            throw e;
        }
    }

    private Reply runInSource(ProbeSource source, Callable<? extends Reply> work) throws EngineException {
        return switch (source) {
            // Also on a thread of its own, because the caller's may be a virtual one.
            case ProbeSource.Host() -> runInside(Namespaces.current(), work);
            case ProbeSource.Outside() ->
                Namespaces.names().contains(NetnsName.OUTSIDE)
                        ? runInside(Namespaces.open(NetnsName.OUTSIDE), work)
                        : refused("no-outside", "this host has no namespace for the outside: only a Lab has one");
            case ProbeSource.Sandbox(var id) -> {
                if (!(shared.specs().find(id) instanceof SandboxSpec sandbox)) {
                    yield refused("container-not-found", "No such container: " + id);
                }
                if (!sandbox.running()) {
                    yield refused("container-not-running", "Container " + id + " is not running");
                }
                yield runInside(sandbox.usesHostNetwork() ? Namespaces.current() : new NetnsRef(sandbox).open(), work);
            }
            case ProbeSource.EngineContainer(String engine, Id id, long process) -> {
                Namespace held = openContainer(engine, id, process);
                yield held == null
                        ? refused("container-not-running", "Container " + id + " is not running on this machine")
                        : runInside(held, work);
            }
        };
    }

    private static Reply runInside(Namespace held, Callable<? extends Reply> work) throws EngineException {
        try (held) {
            return Namespaces.runInside(held, work);
        }
    }

    private static Reply.Refused refused(String code, String sentence) {
        return new Reply.Refused(Refusal.of(code, sentence));
    }

    private static NetnsState readState(Consumer<Unreadable> unreadable) throws EngineException {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<Link> links = netlink.links(unreadable);
            return new NetnsState(
                    links,
                    netlink.routes(unreadable),
                    ListenerReader.listeners(PortRange.ALL, unreadable),
                    ForwardingSettingsReader.read(links),
                    netlink.routingTables(links, unreadable));
        }
    }
}
