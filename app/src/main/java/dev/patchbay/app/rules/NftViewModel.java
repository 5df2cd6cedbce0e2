package dev.patchbay.app.rules;

import dev.patchbay.app.hosts.CountersViewModel;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.NftChain;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The rules of the tables that iptables does not show, in the order of nft. Rows are replaced only when
/// rules change, so that a selected row stays selected.
public final class NftViewModel {
    private final HostViewModel host;
    private final CountersViewModel counters;
    private final ObjectProperty<Selection> selected;
    private final ObservableList<NftRow> rows = FXCollections.observableArrayList();
    private final ObservableList<NftRow> view = FXCollections.unmodifiableObservableList(rows);

    /// @param selected shared by canvas, tables and inspector
    public NftViewModel(HostViewModel host, CountersViewModel counters, ObjectProperty<Selection> selected) {
        this.host = host;
        this.counters = counters;
        this.selected = selected;
        counters.sample().subscribe(this::refresh);
        host.topology().subscribe(this::refresh);
    }

    /// Empty on most hosts.
    public ObservableList<NftRow> rows() {
        return view;
    }

    /// Selects the object that the rule is for.
    public void select(NftRow row) {
        if (!(row.target() instanceof Selection.None)) {
            selected.set(row.target());
        }
    }

    private void refresh() {
        HostRules sample = counters.sample().get();
        Topology topology = host.topology().get();
        if (sample == null || topology == null) {
            return;
        }
        List<NftRow> read = new ArrayList<>();
        for (KernelTable table : sample.tables()) {
            if (table.text().isEmpty()) {
                table.chains().forEach(chain -> read.add(NftRow.unreadable(table, chain)));
            }
            for (NftChain chain : NftChain.of(table)) {
                chain.rules().forEach(rule -> read.add(NftRow.of(rule, topology)));
            }
        }
        if (!read.equals(rows)) {
            rows.setAll(read);
        }
    }
}
