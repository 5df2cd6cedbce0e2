package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ComposeLabels;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.ProjectNetwork;
import dev.patchbay.core.compose.difference.ProjectDifference.Kind;
import dev.patchbay.core.compose.difference.ProjectDifference.Subject;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Compares a project with a host.
public final class ProjectComparer {
    private final Project project;
    private final Topology topology;
    private final ProjectHost host;
    private final ProjectObjects objects;
    private final DifferenceBuilder difference = new DifferenceBuilder();
    private final List<String> notes;
    private final Set<Id> matched = new LinkedHashSet<>();

    private ProjectComparer(Project project, Topology topology, ProjectHost host) {
        this.project = project;
        this.topology = topology;
        this.host = host;
        this.objects = new ProjectObjects(project, topology);
        this.notes = new ArrayList<>(project.notes());
    }

    public static ProjectDifference compare(Project project, Topology topology, ComposeGoal goal, ProjectHost host)
            throws EngineException, RefusedException {
        ProjectComparer comparing = new ProjectComparer(project, topology, host);
        switch (goal) {
            case UP -> comparing.up(false);
            case UP_REMOVE_ORPHANS -> comparing.up(true);
            case DOWN -> comparing.down();
        }
        List<String> command = new ArrayList<>(List.of("patchbay", goal == ComposeGoal.DOWN ? "down" : "apply"));
        command.addAll(project.files());
        List<Change> changes = comparing.difference.changes();
        ProjectHost.Undo undo = changes.stream().anyMatch(Change.RemoveContainer.class::isInstance)
                ? host.undoOfRemoval()
                : ProjectHost.Undo.WHOLE;
        if (!undo.note().isEmpty()) {
            comparing.notes.add(undo.note());
        }
        return new ProjectDifference(
                comparing.difference.items(), comparing.notes, new Change.Batch(command, changes), undo);
    }

    private void up(boolean alone) throws EngineException, RefusedException {
        NetworkComparison networks = new NetworkComparison(objects, difference, host);
        for (ProjectNetwork wanted : project.networks()) {
            Network present = networks.compare(wanted);
            if (present != null) {
                matched.add(present.id());
            }
        }
        ContainerComparison containers = new ContainerComparison(objects, networks.removedNetworks(), difference, host);
        for (ProjectContainer wanted : project.containers()) {
            Container present = objects.container(wanted);
            if (present == null) {
                containers.create(wanted);
            } else {
                matched.add(present.id());
                containers.compare(wanted, present);
            }
        }
        addOrphans(alone);
    }

    /// Containers beyond the number of their service are always removed; the person decides about
    /// objects of no service or network in the file.
    private void addOrphans(boolean alone) {
        List<String> left = new ArrayList<>();
        for (Container container : topology.containers()) {
            if (objects.isOfProject(container.labels()) && !matched.contains(container.id())) {
                if (alone || project.services().contains(container.labels().getOrDefault(ComposeLabels.SERVICE, ""))) {
                    remove(container);
                } else {
                    left.add("container " + container.name());
                }
            }
        }
        for (Network network : topology.networks()) {
            if (objects.isOfProject(network.labels()) && !matched.contains(network.id())) {
                if (alone) {
                    remove(network);
                } else {
                    left.add("network " + network.name());
                }
            }
        }
        if (!left.isEmpty()) {
            notes.add("left alone, though no longer in the file: " + String.join(", ", left)
                    + "; --remove-orphans removes them");
        }
    }

    private void down() throws RefusedException {
        for (ProjectContainer container : project.containers()) {
            Container present = objects.container(container);
            if (present != null && matched.add(present.id())) {
                remove(present);
            }
        }
        topology.containers().stream()
                .filter(container -> objects.isOfProject(container.labels()) && matched.add(container.id()))
                .forEach(this::remove);
        for (ProjectNetwork network : project.networks()) {
            Network present = network.definition() == null ? null : objects.network(network);
            if (present != null && matched.add(present.id())) {
                remove(present);
            }
        }
        topology.networks().stream()
                .filter(network -> objects.isOfProject(network.labels()) && matched.add(network.id()))
                .forEach(this::remove);
    }

    private void remove(Container container) {
        difference.addItem(Kind.REMOVE, Subject.CONTAINER, container.name(), List.of());
        difference.addChange(
                ChangePhase.REMOVE_CONTAINERS,
                new Change.RemoveContainer(container.id().value(), true));
    }

    private void remove(Network network) {
        difference.addItem(Kind.REMOVE, Subject.NETWORK, network.name(), List.of());
        difference.addChange(
                ChangePhase.REMOVE_NETWORKS,
                new Change.RemoveNetwork(network.id().value()));
    }
}
