package dev.patchbay.app.network;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.ipam.AddressMap;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The address pools, networks and routes of the host. They are read while they are shown, again with each new
/// topology.
public final class AddressMapViewModel {
    private final HostViewModel host;
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ObservableList<AddressRow> rows = FXCollections.observableArrayList();
    private final ObservableList<AddressRow> view = FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyObjectWrapper<List<String>> problems = new ReadOnlyObjectWrapper<>(List.of());
    private int generation;

    /// A range of addresses.
    ///
    /// @param note what is free, and what it overlaps
    /// @param problem whether one of [AddressMapViewModel#problems] is about it
    public record AddressRow(String range, String what, String used, String free, String note, boolean problem) {
        static AddressRow of(AddressMap.Row row) {
            AddressMap.Usage usage = row.usage();
            return new AddressRow(
                    row.range().toString(),
                    SafeText.escape(MessageText.of(row.subject())),
                    usage == null ? "" : usage.usedText(),
                    usage == null ? "" : usage.freeText(),
                    MessageText.of(row.note()),
                    !row.problems().isEmpty());
        }

        /// Its columns, separated by tabs.
        String line() {
            return String.join("\t", range, what, used, free, note);
        }
    }

    public AddressMapViewModel(HostViewModel host) {
        this.host = host;
        host.topology().subscribe(this::read);
        shown.subscribe(this::read);
    }

    public BooleanProperty shown() {
        return shown;
    }

    public ObservableList<AddressRow> rows() {
        return view;
    }

    /// Sentences about overlaps, or why nothing could be read.
    public ReadOnlyObjectProperty<List<String>> problems() {
        return problems.getReadOnlyProperty();
    }

    private void read() {
        int asked = ++generation;
        if (!shown.get()) {
            return;
        }
        host.ask(
                ConnectedHost::addressMap,
                map -> {
                    if (asked == generation) {
                        List<AddressRow> read =
                                map.rows().stream().map(AddressRow::of).toList();
                        if (!read.equals(rows)) {
                            rows.setAll(read);
                        }
                        problems.set(
                                map.problems().isEmpty()
                                        ? List.of(Messages.of("addresses.noProblem"))
                                        : map.problems().stream()
                                                .map(MessageText::of)
                                                .toList());
                    }
                },
                refusal -> {
                    if (asked == generation) {
                        problems.set(List.of(RefusalText.of(refusal)));
                    }
                });
    }
}
