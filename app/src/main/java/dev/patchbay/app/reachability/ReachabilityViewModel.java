package dev.patchbay.app.reachability;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
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

/// Whether one peer reaches another: two peers, a port, and the path between the peers.
public final class ReachabilityViewModel {
    private final PeerChoice hostPeer = new PeerChoice("host", Messages.of("reachability.host"));
    private final PeerChoice outsidePeer = new PeerChoice("outside", Messages.of("reachability.outside"));

    private final HostViewModel host;
    private final ObservableList<PeerChoice> peers = FXCollections.observableArrayList(hostPeer, outsidePeer);
    private final ObjectProperty<PeerChoice> from = new SimpleObjectProperty<>(outsidePeer);
    private final ObjectProperty<PeerChoice> to = new SimpleObjectProperty<>(hostPeer);
    private final StringProperty service = new SimpleStringProperty("");
    private final BooleanProperty ipv6 = new SimpleBooleanProperty();
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<@Nullable TracedPath> path = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable TracedPath> drawnPath = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper refusalText = new ReadOnlyStringWrapper("");
    private int generation;

    public ReachabilityViewModel(HostViewModel host, ObjectProperty<Selection> selected) {
        this.host = host;
        host.topology().subscribe(this::topologyChanged);
        selected.subscribe(this::proposeTarget);
        from.subscribe(this::clear);
        to.subscribe(this::clear);
        service.subscribe(this::clear);
        ipv6.subscribe(this::clear);
        path.subscribe(this::show);
        shown.subscribe(this::show);
    }

    public ObservableList<PeerChoice> peers() {
        return peers;
    }

    /// The peer that a person typed: one of the list by its name, or an address or a name as the core reads it.
    PeerChoice peer(String typed) {
        String text = typed.strip();
        return peers.stream()
                .filter(peer -> peer.name().equals(text))
                .findFirst()
                .orElseGet(() -> new PeerChoice(text, text));
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

    /// Whether the pane is visible; only then the canvas shows the path.
    public BooleanProperty shown() {
        return shown;
    }

    /// Null before the first check.
    public ReadOnlyObjectProperty<@Nullable TracedPath> path() {
        return path.getReadOnlyProperty();
    }

    /// The path that the canvas shows.
    public ReadOnlyObjectProperty<@Nullable TracedPath> drawnPath() {
        return drawnPath.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty checking() {
        return checking.getReadOnlyProperty();
    }

    /// Why there is no path; empty when there is one.
    public ReadOnlyStringProperty refusalText() {
        return refusalText.getReadOnlyProperty();
    }

    /// Derives the path and sends a probe.
    public void check() {
        explain(true);
    }

    /// Applies the remedy, and checks again.
    public void applyRemedy() {
        TracedPath present = path.get();
        if (present == null || present.remedy() == null) {
            return;
        }
        switch (present.remedy()) {
            case Remedy.ByChange(var _, var change) ->
                host.apply(change, _ -> check(), refusal -> host.showNotification(Notification.error(refusal)));
            case Remedy.ByRepair _ -> host.repair();
            case Remedy.ByHand _ -> {}
        }
    }

    /// The text of the remedy; empty without one.
    public String remedyText() {
        TracedPath present = path.get();
        return switch (present == null ? null : present.remedy()) {
            case null -> "";
            case Remedy.ByChange(var words, var _) -> MessageText.of(words);
            case Remedy.ByRepair(var words) -> MessageText.of(words);
            case Remedy.ByHand(var words) -> MessageText.of(words) + ".";
        };
    }

    private void explain(boolean probe) {
        int asked = ++generation;
        String words = service.get().strip();
        String target = to.get().id();
        // A port stands behind an IPv6 address in brackets.
        String named = target.indexOf(':') >= 0 && !target.startsWith("[") ? "[" + target + "]" : target;
        ReachabilityRequest request = new ReachabilityRequest(
                from.get().id(), named + (words.isEmpty() ? "" : ":" + words), ipv6.get(), probe);
        checking.set(true);
        host.ask(
                connected -> connected.explain(request),
                answer -> {
                    if (asked == generation) {
                        showAnswer(answer);
                    }
                },
                refusal -> {
                    if (asked == generation) {
                        showRefusal(RefusalText.of(refusal));
                    }
                });
    }

    private void showAnswer(TracedPath answer) {
        checking.set(false);
        refusalText.set("");
        path.set(answer);
    }

    private void showRefusal(String sentence) {
        checking.set(false);
        path.set(null);
        refusalText.set(sentence);
    }

    /// Removes the path, because it answers another question.
    private void clear() {
        generation++;
        checking.set(false);
        path.set(null);
        refusalText.set("");
    }

    private void show() {
        drawnPath.set(shown.get() ? path.get() : null);
    }

    private void topologyChanged(@Nullable Topology topology) {
        if (topology == null) {
            return;
        }
        List<PeerChoice> present = new ArrayList<>(List.of(hostPeer, outsidePeer));
        topology.containers()
                .forEach(container -> present.add(new PeerChoice(container.id().value(), container.name())));
        if (!peers.equals(present)) {
            PeerChoice oldFrom = from.get();
            PeerChoice oldTo = to.get();
            peers.setAll(present);
            from.set(findOrElse(oldFrom, outsidePeer));
            to.set(findOrElse(oldTo, hostPeer));
        }
        // Derives the path without a probe: a probe is sent only when the person asks for it.
        if (path.get() != null && !checking.get()) {
            explain(false);
        }
    }

    /// A peer that was typed stays; a container that is gone does not.
    private PeerChoice findOrElse(@Nullable PeerChoice wanted, PeerChoice otherwise) {
        return peers.stream()
                .filter(end -> wanted != null && end.id().equals(wanted.id()))
                .findFirst()
                .orElseGet(() -> wanted != null && wanted.isTyped() ? wanted : otherwise);
    }

    /// Proposes the selected object as the destination.
    private void proposeTarget(Selection selected) {
        Topology topology = host.topology().get();
        if (topology == null) {
            return;
        }
        switch (selected) {
            case Selection.OfContainer(var id) -> {
                Container container = topology.container(id);
                if (container != null) {
                    setTarget(container, firstService(container));
                }
            }
            case Selection.OfPort(var id) -> {
                PublishedPort published = topology.port(id);
                if (published != null) {
                    setTarget(
                            published.container(),
                            published.port().containerPorts().first() + "/"
                                    + published.port().protocol());
                }
            }
            case Selection.None _, Selection.OfHost _, Selection.OfNetwork _ -> {}
        }
    }

    private void setTarget(Container container, String wanted) {
        PeerChoice end = new PeerChoice(container.id().value(), container.name());
        to.set(end);
        service.set(wanted);
        if (end.equals(from.get())) {
            from.set(outsidePeer);
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
