package dev.patchbay.app.reachability;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.PublishedPorts;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Can one end reach another? Two ends, a port, and the way between them.
public final class ReachabilityViewModel {
    private final PeerChoice theHost = new PeerChoice("host", Messages.of("reachability.host"));
    private final PeerChoice theOutside = new PeerChoice("outside", Messages.of("reachability.outside"));

    private final HostViewModel host;
    private final ObservableList<PeerChoice> ends = FXCollections.observableArrayList(theHost, theOutside);
    private final ObjectProperty<PeerChoice> from = new SimpleObjectProperty<>(theOutside);
    private final ObjectProperty<PeerChoice> to = new SimpleObjectProperty<>(theHost);
    private final StringProperty service = new SimpleStringProperty("");
    private final BooleanProperty ipv6 = new SimpleBooleanProperty();
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<@Nullable TracedPath> path = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable TracedPath> ribbon = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper mistake = new ReadOnlyStringWrapper("");
    private int generation;

    public ReachabilityViewModel(HostViewModel host, ObjectProperty<Selection> selected) {
        this.host = host;
        host.topology().subscribe(this::follow);
        selected.subscribe(this::propose);
        from.subscribe(this::forget);
        to.subscribe(this::forget);
        service.subscribe(this::forget);
        ipv6.subscribe(this::forget);
        path.subscribe(this::show);
        shown.subscribe(this::show);
    }

    public ObservableList<PeerChoice> ends() {
        return ends;
    }

    public ObjectProperty<PeerChoice> from() {
        return from;
    }

    public ObjectProperty<PeerChoice> to() {
        return to;
    }

    /// `80`, `53/udp`; empty for a ping.
    public StringProperty service() {
        return service;
    }

    public BooleanProperty ipv6() {
        return ipv6;
    }

    /// Somebody looks at it; only then the picture shows the way.
    public BooleanProperty shown() {
        return shown;
    }

    /// Null until it is asked for.
    public ReadOnlyObjectProperty<@Nullable TracedPath> path() {
        return path.getReadOnlyProperty();
    }

    /// What the picture shows.
    public ReadOnlyObjectProperty<@Nullable TracedPath> ribbon() {
        return ribbon.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty checking() {
        return checking.getReadOnlyProperty();
    }

    /// Why there is no answer; empty when there is one.
    public ReadOnlyStringProperty mistake() {
        return mistake.getReadOnlyProperty();
    }

    /// Derives the way and sends a packet along.
    public void check() {
        ask(true);
    }

    /// Does what would help, and looks again.
    public void help() {
        TracedPath present = path.get();
        if (present == null || present.remedy() == null) {
            return;
        }
        switch (present.remedy()) {
            case Remedy.ByChange(var _, var change) ->
                host.apply(change, _ -> check(), refusal -> host.say(Notification.error(refusal)));
            case Remedy.ByRepair _ -> host.repair();
            case Remedy.ByHand _ -> {}
        }
    }

    /// What would help; empty while there is nothing.
    public String helpText() {
        TracedPath present = path.get();
        return switch (present == null ? null : present.remedy()) {
            case null -> "";
            case Remedy.ByChange(var words, var _) -> MessageText.of(words);
            case Remedy.ByRepair(var words) -> MessageText.of(words);
            case Remedy.ByHand(var words) -> MessageText.of(words) + ".";
        };
    }

    private void ask(boolean probe) {
        int asked = ++generation;
        String words = service.get().strip();
        ReachabilityRequest inquiry = new ReachabilityRequest(
                from.get().word(), to.get().word() + (words.isEmpty() ? "" : ":" + words), ipv6.get(), probe);
        checking.set(true);
        host.ask(
                controller -> controller.explain(inquiry),
                answer -> {
                    if (asked == generation) {
                        take(answer);
                    }
                },
                refusal -> {
                    if (asked == generation) {
                        fail(RefusalText.of(refusal));
                    }
                });
    }

    private void take(Explanation answer) {
        switch (answer) {
            case Explanation.Refused(var refusal) -> fail(RefusalText.of(refusal));
            case Explanation.Explained(TracedPath explained) -> {
                checking.set(false);
                mistake.set("");
                path.set(explained);
            }
        }
    }

    private void fail(String sentence) {
        checking.set(false);
        path.set(null);
        mistake.set(sentence);
    }

    /// An answer to another question is none.
    private void forget() {
        generation++;
        checking.set(false);
        path.set(null);
        mistake.set("");
    }

    private void show() {
        ribbon.set(shown.get() ? path.get() : null);
    }

    private void follow(@Nullable Topology topology) {
        if (topology == null) {
            return;
        }
        List<PeerChoice> present = new ArrayList<>(List.of(theHost, theOutside));
        topology.containers()
                .forEach(container -> present.add(new PeerChoice(container.id().value(), container.name())));
        if (!ends.equals(present)) {
            PeerChoice oldFrom = from.get();
            PeerChoice oldTo = to.get();
            ends.setAll(present);
            from.set(stillThere(oldFrom, theOutside));
            to.set(stillThere(oldTo, theHost));
        }
        // A probe is sent when somebody asks for it, not whenever something changes.
        if (path.get() != null && !checking.get()) {
            ask(false);
        }
    }

    private PeerChoice stillThere(@Nullable PeerChoice wanted, PeerChoice otherwise) {
        return ends.stream()
                .filter(end -> wanted != null && end.word().equals(wanted.word()))
                .findFirst()
                .orElse(otherwise);
    }

    /// What is selected is most likely what is asked for.
    private void propose(Selection selected) {
        Topology topology = host.topology().get();
        if (topology == null) {
            return;
        }
        switch (selected) {
            case Selection.OfContainer(var id) -> {
                Container container = topology.container(id);
                if (container != null) {
                    aimAt(container, firstService(container));
                }
            }
            case Selection.OfPort(var id) -> {
                PublishedPorts.PublishedPort published = PublishedPorts.published(topology, id);
                if (published != null) {
                    aimAt(
                            published.container(),
                            published.port().containerPorts().first() + "/"
                                    + published.port().protocol());
                }
            }
            case Selection.None _, Selection.OfHost _, Selection.OfNetwork _ -> {}
        }
    }

    private void aimAt(Container container, String wanted) {
        PeerChoice end = new PeerChoice(container.id().value(), container.name());
        to.set(end);
        service.set(wanted);
        if (end.equals(from.get())) {
            from.set(theOutside);
        }
    }

    private static String firstService(Container container) {
        return container.ports().stream()
                .map(port -> port.containerPorts().first() + "/" + port.protocol())
                .findFirst()
                .or(() -> container.exposed().stream().map(Object::toString).findFirst())
                .orElse("");
    }
}
