package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.ActionTarget;
import dev.patchbay.app.action.FuzzyMatch;
import dev.patchbay.app.canvas.TopologySearch;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/// The entries of the command palette: every action on the selection, and every object to select.
final class PaletteViewModel {
    /// @param detail what the entry is about; empty when the label says it
    /// @param key label of the shortcut; empty without one
    /// @param obstacle why it cannot be done; empty when it can
    record Entry(@Nullable Ikon icon, String words, String detail, String key, String obstacle, Runnable run) {
        boolean isPossible() {
            return obstacle.isEmpty();
        }
    }

    private record Scored(Entry entry, int score) {}

    private final WindowViewModel model;
    private final ActionCatalogue catalogue;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Entry> entries = FXCollections.observableArrayList();

    PaletteViewModel(WindowViewModel model, ActionCatalogue catalogue) {
        this.model = model;
        this.catalogue = catalogue;
        query.subscribe(this::refresh);
    }

    StringProperty query() {
        return query;
    }

    /// The entries that match, the best match first.
    ObservableList<Entry> entries() {
        return entries;
    }

    /// Updates the entries after the selection or the host changed.
    void refresh() {
        String typed = query.get();
        List<Scored> found = new ArrayList<>();
        for (Entry action : actions()) {
            int score = FuzzyMatch.score(typed, (action.words() + " " + action.detail()).strip());
            // A person who types a name looks for an action that is possible; a person who types the
            // label of an action may want to know why it is not.
            if (score >= 0 && (action.isPossible() || FuzzyMatch.score(typed, action.words()) >= 0)) {
                found.add(new Scored(action, score));
            }
        }
        Topology topology = model.host().topology().get();
        if (topology != null) {
            addObjects(topology, typed, found);
        }
        // While the field is empty, possible actions come first, in the order of the catalogue.
        Comparator<Scored> order = Comparator.comparingInt(scored -> typed.isBlank() ? 0 : -scored.score());
        order = order.thenComparing(scored -> !scored.entry().isPossible());
        entries.setAll(found.stream().sorted(order).map(Scored::entry).toList());
    }

    private List<Entry> actions() {
        List<Entry> actions = new ArrayList<>();
        ActionTarget selected = catalogue.selected();
        for (ActionId id : catalogue.registered()) {
            if (id == ActionId.PALETTE) {
                continue;
            }
            for (ActionTarget target : id.choices(selected)) {
                String obstacle =
                        catalogue.refusal(id, target).map(Refusal::sentence).orElse("");
                actions.add(new Entry(
                        id.icon(),
                        catalogue.words(id, target),
                        id.isOnObject() ? target.name() : "",
                        id.keyText(),
                        obstacle,
                        () -> catalogue.perform(id, target)));
            }
        }
        return actions;
    }

    private void addObjects(Topology topology, String typed, List<Scored> found) {
        Set<Selection> hits = Set.copyOf(TopologySearch.hits(typed, topology));
        for (Network network : topology.networks()) {
            add(
                    found,
                    typed,
                    hits,
                    new Selection.OfNetwork(network.id()),
                    MaterialDesignL.LAN,
                    SafeText.escapeAndShorten(network.name()),
                    Messages.of("palette.network"));
        }
        for (Container container : topology.containers()) {
            String name = SafeText.escapeAndShorten(container.name());
            add(
                    found,
                    typed,
                    hits,
                    new Selection.OfContainer(container.id()),
                    MaterialDesignC.CUBE_OUTLINE,
                    name,
                    SafeText.escapeAndShorten(container.image()));
            for (PortBinding port : container.ports()) {
                add(
                        found,
                        typed,
                        hits,
                        new Selection.OfPort(port.id()),
                        MaterialDesignE.ETHERNET,
                        port.hostSide(),
                        name);
            }
        }
    }

    private void add(
            List<Scored> found,
            String typed,
            Set<Selection> hits,
            Selection object,
            Ikon icon,
            String name,
            String detail) {
        int score = FuzzyMatch.score(typed, name);
        if (score >= 0 || hits.contains(object)) {
            Entry entry =
                    new Entry(icon, name, detail, "", "", () -> model.selected().set(object));
            found.add(new Scored(entry, Math.max(score, 0)));
        }
    }
}
