package dev.patchbay.app.rules;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.ChainRules;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/// One table of the kernel's rules, in the order in which a packet meets them; IPv6 follows IPv4. Rows
/// are replaced only when rules change, so that a selected row stays selected.
public final class RulesViewModel {
    private final String table;
    private final HostViewModel host;
    private final CountersViewModel counters;
    private final ObjectProperty<Selection> selected;
    private final BooleanProperty onlySelected = new SimpleBooleanProperty(true);
    private final ObservableList<RuleRow> all = FXCollections.observableArrayList();
    private final ObservableList<RuleRow> allView = FXCollections.unmodifiableObservableList(all);
    private final FilteredList<RuleRow> shown = new FilteredList<>(all);
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty sinceBaseline = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper firewall = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper unreadable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Selection> highlighted = new ReadOnlyObjectWrapper<>(new Selection.None());
    private Map<String, RuleRow.Counts> baseline = Map.of();
    private @Nullable Topology explainedTopology;
    private Selection narrowedTo = new Selection.None();
    private boolean selecting;
    private boolean filtering;
    private long sampledAt;

    /// @param table `nat` or `filter`
    /// @param selected shared by canvas, tables and inspector
    public RulesViewModel(
            String table, HostViewModel host, CountersViewModel counters, ObjectProperty<Selection> selected) {
        this.table = table;
        this.host = host;
        this.counters = counters;
        this.selected = selected;
        counters.sample().subscribe(this::refresh);
        host.topology().subscribe(this::refresh);
        onlySelected.subscribe(this::filter);
        query.subscribe(this::filter);
        sinceBaseline.subscribe(this::setBaseline);
        selected.subscribe(this::selectionChanged);
    }

    public ObservableList<RuleRow> rows() {
        return shown;
    }

    /// All rows, shown or hidden.
    public ObservableList<RuleRow> all() {
        return allView;
    }

    /// Whether the table shows the rules of the selected object only, and ignores the query.
    public boolean isNarrowed() {
        return onlySelected.get()
                && !(narrowedTo instanceof Selection.None)
                && !(narrowedTo instanceof Selection.OfHost);
    }

    /// How many rules are hidden, and why; empty when none is.
    public String hiddenText() {
        int count = all.size() - shown.size();
        if (count == 0) {
            return "";
        }
        if (query.get().isBlank()) {
            return Messages.count("rules.hidden.selection", count);
        }
        return isNarrowed() ? Messages.count("rules.hidden.both", count) : Messages.count("rules.hidden.query", count);
    }

    /// Removes every filter.
    public void showAll() {
        query.set("");
        onlySelected.set(false);
    }

    public ObjectProperty<Selection> selected() {
        return selected;
    }

    /// Whether to show only the rules of the object that is selected elsewhere.
    public BooleanProperty onlySelected() {
        return onlySelected;
    }

    /// Words that must all occur in a row, in any column; `ip6tables` selects IPv6.
    public StringProperty query() {
        return query;
    }

    /// Shows counts from the moment this was switched on. The kernel's counters do not change.
    public BooleanProperty sinceBaseline() {
        return sinceBaseline;
    }

    /// Whether the host was asked and its rules could not be read.
    public ReadOnlyBooleanProperty unreadable() {
        return unreadable.getReadOnlyProperty();
    }

    /// Whether the rules are in the network namespace of a rootless engine, which is not read.
    boolean rootless() {
        return host.unavailable(HostCapability.KERNEL).isPresent();
    }

    /// The program that reads the rules, as `iptables v1.8.9 (nf_tables)`; empty before the first
    /// sample.
    public ReadOnlyStringProperty firewall() {
        return firewall.getReadOnlyProperty();
    }

    private void setBaseline() {
        Map<String, RuleRow.Counts> now = new HashMap<>();
        if (sinceBaseline.get()) {
            all.forEach(row -> now.putIfAbsent(row.identity(), row.total()));
        }
        baseline = now;
        all.forEach(this::countFromBaseline);
    }

    private void countFromBaseline(RuleRow row) {
        row.setBaseline(baseline.getOrDefault(row.identity(), RuleRow.Counts.NOTHING));
    }

    /// Selects the object of the rule. The filter does not change, so that the row stays where the
    /// person clicked. A selection that the table makes by itself is ignored.
    public void select(RuleRow row) {
        if (!filtering && !(row.subject() instanceof Selection.None)) {
            highlighted.set(row.subject());
            selecting = true;
            selected.set(row.subject());
            selecting = false;
        }
    }

    /// The object of the selected rule, until another object is selected elsewhere.
    public ReadOnlyObjectProperty<Selection> highlighted() {
        return highlighted.getReadOnlyProperty();
    }

    private void selectionChanged() {
        if (!selecting) {
            highlighted.set(new Selection.None());
            narrowedTo = selected.get();
            filter();
        }
    }

    private void filter() {
        boolean narrowed = isNarrowed();
        List<String> wanted =
                List.of(query.get().strip().toLowerCase(Locale.ROOT).split("\\s+"));
        filtering = true;
        shown.setPredicate(row -> (!narrowed || row.concerns(narrowedTo)) && row.matches(wanted));
        filtering = false;
    }

    private void refresh() {
        HostRules sample = counters.sample().get();
        Topology topology = host.topology().get();
        if (sample == null || topology == null) {
            return;
        }
        firewall.set(sample.firewall());
        unreadable.set(sample.firewall().isEmpty());
        List<ChainRules> chains = Stream.of(Family.values())
                .flatMap(family -> ChainRules.inTraversalOrder(sample, family, table).stream())
                .toList();
        List<KernelRule> rules =
                chains.stream().flatMap(chain -> chain.rules().stream()).toList();
        if (hasSameRules(rules) && topology.equals(explainedTopology)) {
            updateCounts(rules, sample.nanos());
        } else {
            rebuild(chains, rules, topology, sample.nanos());
        }
        sampledAt = sample.nanos();
    }

    private boolean hasSameRules(List<KernelRule> rules) {
        if (rules.size() != all.size()) {
            return false;
        }
        for (int i = 0; i < rules.size(); i++) {
            if (!all.get(i).isSameRule(rules.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void updateCounts(List<KernelRule> rules, long nanos) {
        if (nanos == sampledAt) {
            return;
        }
        double seconds = (nanos - sampledAt) / 1e9;
        for (int i = 0; i < rules.size(); i++) {
            all.get(i).updateCounts(rules.get(i).packets(), rules.get(i).bytes(), seconds);
        }
    }

    private void rebuild(List<ChainRules> chains, List<KernelRule> rules, Topology topology, long nanos) {
        boolean sameRules = hasSameRules(rules);
        List<RuleRow> rows = new ArrayList<>();
        for (ChainRules chain : chains) {
            boolean first = true;
            for (KernelRule rule : chain.rules()) {
                rows.add(new RuleRow(rule, RuleMeaning.of(rule, topology), first));
                first = false;
            }
        }
        explainedTopology = topology;
        rows.forEach(this::countFromBaseline);
        if (sameRules && meanings(rows).equals(meanings(all))) {
            updateCounts(rules, nanos);
        } else {
            all.setAll(rows);
        }
    }

    private static List<RuleMeaning> meanings(List<RuleRow> rows) {
        return rows.stream().map(RuleRow::meaning).toList();
    }
}
