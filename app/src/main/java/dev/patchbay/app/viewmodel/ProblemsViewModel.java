package dev.patchbay.app.viewmodel;

import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.protocol.PlannedStep;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Where the kernel is not as the records say: the steps that would make it so.
public final class ProblemsViewModel {
    private final HostViewModel host;
    private final ObservableList<PlannedStep> missing = FXCollections.observableArrayList();
    private final ObservableList<PlannedStep> missingView = FXCollections.unmodifiableObservableList(missing);

    public ProblemsViewModel(HostViewModel host) {
        this.host = host;
        // Every kernel event brings a new picture, so the picture is the moment to look.
        host.topology().subscribe(this::look);
        host.connection().subscribe(this::look);
    }

    /// The steps of a repair; empty when all is well.
    public ObservableList<PlannedStep> missing() {
        return missingView;
    }

    public void repair() {
        host.ask(
                controller -> controller.repair(false),
                steps -> {
                    host.say(Notice.done(Messages.count("repaired", steps.size()), false));
                    look();
                },
                refusal -> host.say(Notice.error(refusal)));
    }

    private void look() {
        if (host.live() && host.topology().get() != null) {
            host.ask(controller -> controller.repair(true), this::show, _ -> {});
        }
    }

    private void show(List<PlannedStep> steps) {
        if (!missing.equals(steps)) {
            missing.setAll(steps);
        }
    }
}
