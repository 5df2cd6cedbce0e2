package dev.patchbay.core.lab.state;

import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.HostEvent.Kind;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.CommandExit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Converts an action to events, in Docker's order. Docker reports a disconnection twice.
public final class ActivityEvents {
    private final ActivityEntry entry;
    private final Specs before;
    private final Specs after;
    private final List<HostEvent> events = new ArrayList<>();

    private ActivityEvents(ActivityEntry entry, Specs before, Specs after) {
        this.entry = entry;
        this.before = before;
        this.after = after;
    }

    /// The events after the action of this number, as far as the helper remembers, oldest first.
    ///
    /// @param activity that led to the specs, the newest last
    public static List<HostEvent> since(long number, List<ActivityEntry> activity, Specs specs) {
        Deque<ActivityEvents> actions = new ArrayDeque<>();
        Specs after = specs;
        for (ActivityEntry entry : activity.reversed()) {
            if (entry.number() <= number) {
                break;
            }
            Specs before = after.after(entry.inverse());
            actions.push(new ActivityEvents(entry, before, after));
            after = before;
        }
        return actions.stream().flatMap(action -> action.events().stream()).toList();
    }

    private List<HostEvent> events() {
        SequencedSet<Id> touched = new LinkedHashSet<>();
        entry.change().put().stream().map(Spec::id).forEach(touched::add);
        touched.addAll(entry.change().remove());
        for (Id id : touched) {
            if (before.find(id) instanceof SandboxSpec old) {
                addEndEvents(old, sandbox(after, id));
            }
        }
        for (Id id : touched) {
            if (before.find(id) instanceof EndpointSpec plug && after.find(id) == null) {
                addDisconnect(plug);
            }
        }
        for (Id id : touched) {
            network(id);
        }
        for (Id id : touched) {
            if (after.find(id) instanceof SandboxSpec now) {
                addStartEvents(sandbox(before, id), now);
            }
        }
        for (Id id : touched) {
            if (after.find(id) instanceof EndpointSpec plug && before.find(id) == null && isSameRun(plug.sandbox())) {
                addConnectionEvent("connect", plug.network(), plug.sandbox());
            }
        }
        return events;
    }

    private void network(Id id) {
        NetworkSpec old = before.find(id) instanceof NetworkSpec network ? network : null;
        NetworkSpec now = after.find(id) instanceof NetworkSpec network ? network : null;
        if (old == null && now != null) {
            add(Kind.NETWORK, "create", id, attributes(now));
        } else if (old != null && now == null) {
            add(Kind.NETWORK, "destroy", id, attributes(old));
        }
    }

    private void addEndEvents(SandboxSpec old, @Nullable SandboxSpec now) {
        boolean ends =
                old.running() && !(now != null && now.running() && now.run().equals(old.run()));
        if (ends) {
            CommandExit ending = entry.endings().stream()
                    .filter(candidate -> candidate.sandbox().equals(old.id()))
                    .findFirst()
                    .orElse(new CommandExit(old.id(), List.of(), 255));
            ending.signals().forEach(signal -> addContainerEvent("kill", old, Map.of("signal", signal.toString())));
            addContainerEvent("die", old, Map.of("exitCode", Integer.toString(ending.exitCode())));
            networkIds(old, before).forEach(network -> addConnectionEvent("disconnect", network, old.id()));
            boolean killed = ending.signals().equals(List.of(StopMode.SIGKILL));
            if (now != null && !killed && (now.stoppedByPerson() || now.running())) {
                addContainerEvent("stop", old, Map.of());
            }
        }
        if (now == null) {
            addContainerEvent("destroy", old, Map.of());
        } else {
            if (!now.name().equals(old.name())) {
                addContainerEvent("rename", now, Map.of("oldName", "/" + old.name()));
            }
            if (!now.settings().equals(old.settings())) {
                addContainerEvent("update", now, Map.of());
            }
        }
    }

    private void addStartEvents(@Nullable SandboxSpec old, SandboxSpec now) {
        if (old == null) {
            addContainerEvent("create", now, Map.of());
        }
        boolean again = old != null && old.running();
        boolean same = old != null && old.running() && now.run().equals(old.run());
        if (now.running() && !same) {
            networkIds(now, after).forEach(network -> addConnectionEvent("connect", network, now.id()));
            addContainerEvent("start", now, Map.of());
            if (again) {
                addContainerEvent("restart", now, Map.of());
            }
        }
    }

    /// An endpoint of a container that continues to run, or that is stopped; otherwise the event was
    /// added already.
    private void addDisconnect(EndpointSpec plug) {
        boolean reported = sandbox(after, plug.sandbox()) == null
                || (sandbox(before, plug.sandbox()) instanceof SandboxSpec old
                        && old.running()
                        && !isSameRun(plug.sandbox()));
        if (!reported) {
            addConnectionEvent("disconnect", plug.network(), plug.sandbox());
        }
    }

    /// Whether the same run of a container continues.
    private boolean isSameRun(Id id) {
        return sandbox(before, id) instanceof SandboxSpec old
                && sandbox(after, id) instanceof SandboxSpec now
                && old.running()
                && now.running()
                && old.run().equals(now.run());
    }

    private static @Nullable SandboxSpec sandbox(Specs specs, Id id) {
        return specs.find(id) instanceof SandboxSpec sandbox ? sandbox : null;
    }

    /// The networks of a running container, also `host` and `none`.
    private static List<Id> networkIds(SandboxSpec sandbox, Specs specs) {
        List<Id> places = new ArrayList<>();
        specs.endpointsOf(sandbox.id()).forEach(endpoint -> places.add(endpoint.network()));
        if (places.isEmpty()) {
            specs.networksByName(sandbox.networkMode()).stream()
                    .filter(NetworkSpec::predefined)
                    .forEach(network -> places.add(network.id()));
        }
        return places;
    }

    private void addConnectionEvent(String action, Id network, Id sandbox) {
        NetworkSpec spec = network(network, before, after);
        if (spec != null) {
            SortedMap<String, String> attributes = attributes(spec);
            attributes.put("container", sandbox.value());
            add(Kind.NETWORK, action, network, attributes);
        }
    }

    private static @Nullable NetworkSpec network(Id id, Specs before, Specs after) {
        return after.find(id) instanceof NetworkSpec now
                ? now
                : before.find(id) instanceof NetworkSpec old ? old : null;
    }

    private void addContainerEvent(String action, SandboxSpec sandbox, Map<String, String> more) {
        SortedMap<String, String> attributes = new TreeMap<>(sandbox.labels());
        attributes.put("image", sandbox.image());
        attributes.put("name", sandbox.name());
        attributes.putAll(more);
        add(Kind.CONTAINER, action, sandbox.id(), attributes);
    }

    private static SortedMap<String, String> attributes(NetworkSpec network) {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("name", network.name());
        attributes.put("type", network.driver().toString());
        return attributes;
    }

    private void add(Kind kind, String action, Id id, SortedMap<String, String> attributes) {
        events.add(new HostEvent(entry.at().plusNanos(events.size()), kind, action, id, attributes));
    }
}
