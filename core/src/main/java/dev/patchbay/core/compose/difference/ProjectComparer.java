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
    private final ProjectObjects owned;
    private final DifferenceBuilder findings = new DifferenceBuilder();
    private final List<String> notes;
    private final Set<Id> claimed = new LinkedHashSet<>();

    private ProjectComparer(Project project, Specs specs) {
        this.project = project;
        this.specs = specs;
        this.owned = new ProjectObjects(project, specs);
        this.notes = new ArrayList<>(project.notes());
    }

    public static ProjectDifference compare(Project project, Specs specs, ComposeGoal aim) throws RefusedException {
        ProjectComparer comparing = new ProjectComparer(project, specs);
        switch (aim) {
            case UP -> comparing.up(false);
            case UP_ALONE -> comparing.up(true);
            case DOWN -> comparing.down();
        }
        List<String> command = new ArrayList<>(List.of("patchbay", aim == ComposeGoal.DOWN ? "down" : "apply"));
        command.addAll(project.files());
        return new ProjectDifference(
                comparing.findings.items(), comparing.notes, new Change.Batch(command, comparing.findings.changes()));
    }

    private void up(boolean alone) throws RefusedException {
        NetworkComparison networks = new NetworkComparison(owned, findings);
        for (ProjectNetwork wanted : project.networks()) {
            NetworkSpec present = networks.compare(wanted);
            if (present != null) {
                claimed.add(present.id());
            }
        }
        ContainerComparison containers = new ContainerComparison(specs, networks.leaving(), findings);
        for (ProjectContainer wanted : project.containers()) {
            SandboxSpec present = owned.container(wanted);
            if (present == null) {
                containers.create(wanted);
            } else {
                claimed.add(present.id());
                containers.compare(wanted, present);
            }
        }
        orphans(alone);
    }

    /// Containers beyond a service's number go in any case; what belongs to no service or network of the file is the
    /// person's to decide.
    private void orphans(boolean alone) {
        List<String> left = new ArrayList<>();
        for (SandboxSpec sandbox : specs.sandboxes()) {
            if (owned.isOurs(sandbox.labels()) && !claimed.contains(sandbox.id())) {
                if (alone || project.services().contains(sandbox.labels().getOrDefault(ComposeLabels.SERVICE, ""))) {
                    remove(sandbox);
                } else {
                    left.add("container " + sandbox.name());
                }
            }
        }
        for (NetworkSpec network : specs.networks()) {
            if (owned.isOurs(network.labels()) && !claimed.contains(network.id())) {
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
            SandboxSpec present = owned.container(container);
            if (present != null && claimed.add(present.id())) {
                remove(present);
            }
        }
        specs.sandboxes().stream()
                .filter(sandbox -> owned.isOurs(sandbox.labels()) && claimed.add(sandbox.id()))
                .forEach(this::remove);
        for (ProjectNetwork network : project.networks()) {
            NetworkSpec present = network.wanted() == null ? null : owned.network(network);
            if (present != null && claimed.add(present.id())) {
                remove(present);
            }
        }
        specs.networks().stream()
                .filter(network -> owned.isOurs(network.labels()) && claimed.add(network.id()))
                .forEach(this::remove);
    }

    private void remove(SandboxSpec sandbox) {
        findings.item(Kind.REMOVE, Subject.CONTAINER, sandbox.name(), List.of());
        findings.change(
                ChangePhase.REMOVE_CONTAINERS,
                new Change.RemoveContainer(sandbox.id().value(), true));
    }

    private void remove(NetworkSpec network) {
        findings.item(Kind.REMOVE, Subject.NETWORK, network.name(), List.of());
        findings.change(
                ChangePhase.REMOVE_NETWORKS,
                new Change.RemoveNetwork(network.id().value()));
    }
}
