package dev.patchbay.app.activity;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The differences between kernel and records, and the steps that repair them.
public final class ProblemsViewModel {
    private final HostViewModel host;
    private final ObjectProperty<Selection> selected;
    private final ObservableList<Problem> current = FXCollections.observableArrayList();
    private final ObservableList<Problem> currentView = FXCollections.unmodifiableObservableList(current);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper repairObstacle = new ReadOnlyStringWrapper("");

    public ProblemsViewModel(HostViewModel host, ObjectProperty<Selection> selected) {
        this.host = host;
        this.selected = selected;
        host.topology().subscribe(this::show);
        host.connection().subscribe(this::updateObstacle);
        updateObstacle();
    }

    /// Empty without problems.
    public ObservableList<Problem> problems() {
        return currentView;
    }

    /// Says what an empty list means: which checks found no problem.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    private static String summary(@Nullable Topology topology) {
        if (topology == null) {
            return "";
        }
        long unknown = topology.containers().stream()
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.inForce() && port.ruleState() == PortBinding.RuleState.UNKNOWN)
                .count();
        String checked = switch (topology.driftCoverage()) {
            case EVERYTHING -> Messages.of("problems.none");
            case ENGINE_RULES -> Messages.of("problems.none.rules");
            case RECORDS -> Messages.of("problems.none.records");
            case NOTHING ->
                topology.host().rootless() == null
                        ? Messages.of("problems.none.nothing")
                        : Messages.of("problems.none.rootless");
        };
        return unknown == 0 ? checked : checked + " " + Messages.count("problems.portsUnknown", unknown);
    }

    /// The cause of the problems, and what helps.
    public String advice() {
        boolean byHand = current.stream().map(Problem::kind).anyMatch(ProblemKind::isKernelProblem);
        if (byHand) {
            return anySteps() ? Messages.of("problems.text") : Messages.of("problems.byHand");
        }
        if (current.stream().anyMatch(problem -> problem.kind() == ProblemKind.ENGINE_RULES_GONE)) {
            return Messages.of("problems.engineRules");
        }
        return anySteps() ? Messages.of("problems.engine") : Messages.of("problems.lines");
    }

    private boolean anySteps() {
        return current.stream().anyMatch(problem -> !problem.steps().isEmpty());
    }

    /// Selects the object of the problem, if it has exactly one.
    public void select(Problem problem) {
        Topology topology = host.topology().get();
        Id object = problem.object();
        if (topology == null || object == null) {
            return;
        }
        if (topology.network(object) != null) {
            selected.set(new Selection.OfNetwork(object));
        } else if (topology.container(object) != null) {
            selected.set(new Selection.OfContainer(object));
        } else {
            topology.containers().stream()
                    .filter(container -> container.endpoints().stream()
                            .anyMatch(endpoint -> endpoint.id().equals(object)))
                    .findFirst()
                    .ifPresent(container -> selected.set(new Selection.OfContainer(container.id())));
        }
    }

    /// Why no repair is possible now; empty when one is.
    public ReadOnlyStringProperty repairObstacle() {
        return repairObstacle.getReadOnlyProperty();
    }

    private void updateObstacle() {
        if (!host.isLive()) {
            repairObstacle.set(Messages.of("problems.away"));
        } else {
            repairObstacle.set(anySteps() ? "" : Messages.of("problems.noSteps"));
        }
    }

    public void repair() {
        host.repair();
    }

    private void show(@Nullable Topology topology) {
        List<Problem> problems = topology == null ? List.of() : topology.problems();
        summary.set(summary(topology));
        if (!current.equals(problems)) {
            current.setAll(problems);
        }
        updateObstacle();
    }
}
