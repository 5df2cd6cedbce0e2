package dev.patchbay.app.viewmodel;

import dev.patchbay.app.text.Messages;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.protocol.Problem;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Where the kernel is not as the records say: what is wrong, and the steps that make it right.
public final class ProblemsViewModel {
    private final HostViewModel host;
    private final ObservableList<Problem> seen = FXCollections.observableArrayList();
    private final ObservableList<Problem> seenView = FXCollections.unmodifiableObservableList(seen);

    public ProblemsViewModel(HostViewModel host) {
        this.host = host;
        host.topology().subscribe(this::show);
    }

    /// Empty when all is well.
    public ObservableList<Problem> seen() {
        return seenView;
    }

    public void repair() {
        host.ask(
                controller -> controller.repair(false),
                steps -> host.say(Notice.done(Messages.count("repaired", steps.size()), false)),
                refusal -> host.say(Notice.error(refusal)));
    }

    private void show(@Nullable Topology topology) {
        List<Problem> problems = topology == null ? List.of() : topology.problems();
        if (!seen.equals(problems)) {
            seen.setAll(problems);
        }
    }
}
