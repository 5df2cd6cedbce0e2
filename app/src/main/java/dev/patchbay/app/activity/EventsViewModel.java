package dev.patchbay.app.activity;

import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/// The events of networks and containers, caused by any client, newest first. It starts with the events
/// that the helper remembers.
public final class EventsViewModel {
    static final int MAX_EVENTS = 2000;
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final HostViewModel host;
    private final Tasks tasks;
    private final ObjectProperty<Selection> selected;
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final ObservableList<HostEvent> all = FXCollections.observableArrayList();
    private final FilteredList<HostEvent> shown = new FilteredList<>(all);
    /// The oldest event first.
    private final Deque<HostEvent> heldBack = new ArrayDeque<>();
    private @Nullable AutoCloseable watch;
    private int generation;
    private boolean closed;

    public EventsViewModel(HostViewModel host, Tasks tasks, ObjectProperty<Selection> selected) {
        this.host = host;
        this.tasks = tasks;
        this.selected = selected;
        host.connection().subscribe(this::resubscribe);
        query.subscribe(this::filter);
        paused.subscribe(this::releaseHeldBack);
    }

    /// The events that match the query.
    public ObservableList<HostEvent> shown() {
        return shown;
    }

    /// Words that must all occur in an event.
    public StringProperty query() {
        return query;
    }

    /// While true, new events wait and are not shown.
    public BooleanProperty paused() {
        return paused;
    }

    /// The number of events that wait for the end of a pause.
    int heldBack() {
        return heldBack.size();
    }

    /// Selects the object of the event, if it still exists.
    public void select(HostEvent event) {
        Topology topology = host.topology().get();
        if (topology == null) {
            return;
        }
        switch (event.kind()) {
            case CONTAINER -> {
                if (topology.container(event.id()) != null) {
                    selected.set(new Selection.OfContainer(event.id()));
                }
            }
            case NETWORK -> {
                if (topology.network(event.id()) != null) {
                    selected.set(new Selection.OfNetwork(event.id()));
                }
            }
        }
    }

    private record Subscription(AutoCloseable watch, List<HostEvent> past) {}

    /// Subscribes again after each connection. The helper remembers the events in between.
    private void resubscribe(ConnectionState connection) {
        int followed = ++generation;
        closeWatch();
        if (connection instanceof ConnectionState.Live) {
            host.ask(connected -> subscribe(connected, followed), following -> showPast(following, followed), _ -> {});
        }
    }

    private Subscription subscribe(ConnectedHost connected, int followed) throws EngineException {
        AutoCloseable handle = connected.events(
                event -> tasks.deliver(() -> eventReceived(event, followed)),
                _ -> tasks.deliver(() -> watchEnded(followed)));
        return new Subscription(handle, connected.events());
    }

    private void showPast(Subscription following, int followed) {
        if (followed != generation || closed) {
            close(following.watch());
            return;
        }
        watch = following.watch();
        // Events that arrived while the past was read, or before the connection was lost, are in both
        // lists.
        Set<HostEvent> shownSoFar = new LinkedHashSet<>(all);
        Set<HostEvent> known = new LinkedHashSet<>(heldBack.reversed());
        known.addAll(all);
        known.addAll(following.past().reversed());
        List<HostEvent> newestFirst = known.stream()
                .sorted(Comparator.comparing(HostEvent::at).reversed())
                .limit(MAX_EVENTS)
                .toList();
        if (paused.get()) {
            heldBack.clear();
            newestFirst.reversed().stream()
                    .filter(event -> !shownSoFar.contains(event))
                    .forEach(heldBack::add);
        } else {
            all.setAll(newestFirst);
        }
    }

    private void eventReceived(HostEvent event, int followed) {
        if (followed != generation) {
            return;
        }
        if (paused.get()) {
            heldBack.add(event);
            if (heldBack.size() > MAX_EVENTS) {
                heldBack.removeFirst();
            }
        } else {
            add(event);
        }
    }

    /// Reports the end of the event stream only while the host is still connected; otherwise the
    /// connection reports it.
    private void watchEnded(int followed) {
        if (followed == generation && host.isLive()) {
            tasks.schedule(RETRY_DELAY, () -> {
                if (followed == generation) {
                    resubscribe(host.connection().get());
                }
            });
        }
    }

    private void add(HostEvent event) {
        all.addFirst(event);
        if (all.size() > MAX_EVENTS) {
            all.removeLast();
        }
    }

    private void releaseHeldBack() {
        if (!paused.get()) {
            heldBack.forEach(this::add);
            heldBack.clear();
        }
    }

    private void filter() {
        List<String> wanted =
                List.of(query.get().strip().toLowerCase(Locale.ROOT).split("\\s+"));
        shown.setPredicate(event -> {
            String words = (event.kind() + " " + event.action() + " " + event.id() + " " + event.attributes())
                    .toLowerCase(Locale.ROOT);
            return wanted.stream().allMatch(words::contains);
        });
    }

    private void closeWatch() {
        if (watch != null) {
            close(watch);
            watch = null;
        }
    }

    private void close(AutoCloseable handle) {
        tasks.run(
                () -> {
                    try {
                        handle.close();
                    } catch (Exception e) {
                        throw new EngineException("stop following events", String.valueOf(e.getMessage()), e);
                    }
                    return handle;
                },
                _ -> {},
                _ -> {});
    }

    public void close() {
        closed = true;
        generation++;
        closeWatch();
    }
}
