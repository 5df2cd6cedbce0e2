package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ComposeLabels;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.compose.ProjectNetwork;
import dev.patchbay.core.compose.difference.ProjectDifference.Kind;
import dev.patchbay.core.compose.difference.ProjectDifference.Subject;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Compares a project with what a host has.
public final class ProjectComparer {
    private final Project project;
    private final Specs specs;
    private final ProjectObjects objects;
    private final DifferenceBuilder difference = new DifferenceBuilder();
    private final List<String> notes;
    private final Set<Id> matched = new LinkedHashSet<>();

    private ProjectComparer(Project project, Specs specs) {
        this.project = project;
        this.specs = specs;
        this.objects = new ProjectObjects(project, specs);
        this.notes = new ArrayList<>(project.notes());
    }

    public static ProjectDifference compare(Project project, Specs specs, ComposeGoal aim) throws RefusedException {
        ProjectComparer comparing = new ProjectComparer(project, specs);
        switch (aim) {
            case UP -> comparing.up(false);
            case UP_REMOVE_ORPHANS -> comparing.up(true);
            case DOWN -> comparing.down();
        }
        List<String> command = new ArrayList<>(List.of("patchbay", aim == ComposeGoal.DOWN ? "down" : "apply"));
        command.addAll(project.files());
        return new ProjectDifference(
                comparing.difference.items(),
                comparing.notes,
                new Change.Batch(command, comparing.difference.changes()));
    }

    private void up(boolean alone) throws RefusedException {
        NetworkComparison networks = new NetworkComparison(objects, difference);
        for (ProjectNetwork wanted : project.networks()) {
            NetworkSpec present = networks.compare(wanted);
            if (present != null) {
                matched.add(present.id());
            }
        }
        ContainerComparison containers = new ContainerComparison(specs, networks.removedNetworks(), difference);
        for (ProjectContainer wanted : project.containers()) {
            SandboxSpec present = objects.container(wanted);
            if (present == null) {
                containers.create(wanted);
            } else {
                matched.add(present.id());
                containers.compare(wanted, present);
            }
        }
        addOrphans(alone);
    }

    /// Containers beyond a service's number go in any case; what belongs to no service or network of the file is the
    /// person's to decide.
    private void addOrphans(boolean alone) {
        List<String> left = new ArrayList<>();
        for (SandboxSpec sandbox : specs.sandboxes()) {
            if (objects.isOfProject(sandbox.labels()) && !matched.contains(sandbox.id())) {
                if (alone || project.services().contains(sandbox.labels().getOrDefault(ComposeLabels.SERVICE, ""))) {
                    remove(sandbox);
                } else {
                    left.add("container " + sandbox.name());
                }
            }
        }
        for (NetworkSpec network : specs.networks()) {
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
            SandboxSpec present = objects.container(container);
            if (present != null && matched.add(present.id())) {
                remove(present);
            }
        }
        specs.sandboxes().stream()
                .filter(sandbox -> objects.isOfProject(sandbox.labels()) && matched.add(sandbox.id()))
                .forEach(this::remove);
        for (ProjectNetwork network : project.networks()) {
            NetworkSpec present = network.definition() == null ? null : objects.network(network);
            if (present != null && matched.add(present.id())) {
                remove(present);
            }
        }
        specs.networks().stream()
                .filter(network -> objects.isOfProject(network.labels()) && matched.add(network.id()))
                .forEach(this::remove);
    }

    private void remove(SandboxSpec sandbox) {
        difference.addItem(Kind.REMOVE, Subject.CONTAINER, sandbox.name(), List.of());
        difference.addChange(
                ChangePhase.REMOVE_CONTAINERS,
                new Change.RemoveContainer(sandbox.id().value(), true));
    }

    private void remove(NetworkSpec network) {
        difference.addItem(Kind.REMOVE, Subject.NETWORK, network.name(), List.of());
        difference.addChange(
                ChangePhase.REMOVE_NETWORKS,
                new Change.RemoveNetwork(network.id().value()));
    }
}
