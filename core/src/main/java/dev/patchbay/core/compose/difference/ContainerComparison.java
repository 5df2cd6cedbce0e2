package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.compose.difference.ProjectDifference.Kind;
import dev.patchbay.core.compose.difference.ProjectDifference.Subject;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.naming.LabImage;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares the containers of a project. What a container consists of cannot change while it exists: then it is made
/// anew. Its name, restart policy, networks, aliases, addresses and ports can.
final class ContainerComparison {
    private final Specs specs;
    private final EndpointComparison endpoints;
    private final DifferenceBuilder findings;
    private final Set<Id> recreated = new HashSet<>();

    /// @param leaving networks that go
    ContainerComparison(Specs specs, Set<Id> leaving, DifferenceBuilder findings) {
        this.specs = specs;
        this.endpoints = new EndpointComparison(specs, leaving);
        this.findings = findings;
    }

    void create(ProjectContainer container) {
        Change.RunContainer wanted = container.definition();
        List<String> details = new ArrayList<>();
        details.add(wanted.image());
        String networks =
                wanted.networks().stream().map(EndpointRequest::network).collect(Collectors.joining(" and "));
        if (!networks.isEmpty()) {
            details.add("on " + networks);
        }
        wanted.ports().forEach(port -> details.add("publish " + port));
        findings.addItem(Kind.CREATE, Subject.CONTAINER, container.name(), details);
        findings.addChange(runPhase(wanted), wanted);
    }

    void compare(ProjectContainer container, SandboxSpec present) throws RefusedException {
        Change.RunContainer wanted = container.definition();
        List<String> differing = differences(wanted, present);
        if (!differing.isEmpty()) {
            recreated.add(present.id());
            findings.addItem(Kind.RECREATE, Subject.CONTAINER, container.name(), differing);
            findings.addChange(
                    ChangePhase.REMOVE_CONTAINERS,
                    new Change.RemoveContainer(present.id().value(), true));
            findings.addChange(runPhase(wanted), wanted);
            return;
        }
        List<String> details = new ArrayList<>();
        update(wanted, present, details);
        Set<Id> unplugged = endpoints.compare(container, present, details, findings);
        new PortComparison(specs, present, unplugged, details, findings).compare(wanted);
        if (!present.running()) {
            details.add("start");
            findings.addChange(
                    ChangePhase.START, new Change.StartContainer(present.id().value()));
        }
        if (!details.isEmpty()) {
            findings.addItem(Kind.CHANGE, Subject.CONTAINER, present.name(), details);
        }
    }

    private boolean isNameFree(@Nullable String name) {
        return name != null && specs.sandboxesByName(name).isEmpty();
    }

    /// What changes while the container runs.
    private void update(Change.RunContainer wanted, SandboxSpec present, List<String> details) {
        String id = present.id().value();
        if (wanted.name() != null && !present.name().equals(wanted.name())) {
            details.add("named " + wanted.name());
            findings.addChange(ChangePhase.UPDATE_CONTAINERS, new Change.RenameContainer(id, wanted.name()));
        }
        RestartPolicy restart = wanted.settings().restart();
        if (!restart.equals(present.settings().restart())) {
            details.add("restart " + restart);
            findings.addChange(ChangePhase.UPDATE_CONTAINERS, new Change.UpdateContainer(id, restart));
        }
    }

    private static ChangePhase runPhase(Change.RunContainer wanted) {
        return wanted.networks().stream().anyMatch(EndpointComparison::hasStaticAddress)
                ? ChangePhase.RUN_STATIC
                : ChangePhase.RUN;
    }

    private List<String> differences(Change.RunContainer wanted, SandboxSpec present) throws RefusedException {
        List<String> differing = new ArrayList<>();
        if (!present.name().equals(wanted.name()) && !isNameFree(wanted.name())) {
            differing.add("was named " + present.name());
        }
        if (!wanted.image().equals(present.image())) {
            differing.add("image " + wanted.image() + ", was " + present.image());
        }
        compareField(
                "command", LabImage.resolve(wanted.image(), wanted.command()).command(), present.command(), differing);
        compareField(
                "environment", new HashSet<>(wanted.environment()), new HashSet<>(present.environment()), differing);
        if (!new HashSet<>(present.exposed()).containsAll(wanted.exposed())) {
            differing.add("expose");
        }
        compareField(
                "hostname",
                Objects.requireNonNullElse(wanted.hostname(), present.id().shortForm()),
                present.hostname(),
                differing);
        compareField("domainname", wanted.domainname(), present.domainname(), differing);
        compareField("tty", wanted.tty(), present.tty(), differing);
        compareField("stdin_open", wanted.openStdin(), present.openStdin(), differing);
        compareField("dns", wanted.settings().dns(), present.settings().dns(), differing);
        compareField(
                "dns_search", wanted.settings().dnsSearch(), present.settings().dnsSearch(), differing);
        compareField(
                "dns_opt", wanted.settings().dnsOptions(), present.settings().dnsOptions(), differing);
        compareField(
                "extra_hosts",
                wanted.settings().extraHosts(),
                present.settings().extraHosts(),
                differing);
        ProjectObjects.differingLabels(present.labels(), wanted.labels())
                .keySet()
                .forEach(label -> differing.add("label " + label));
        compareField("network_mode", mode(wanted), mode(present), differing);
        return differing;
    }

    private static void compareField(String what, Object wanted, Object present, List<String> differing) {
        if (!wanted.equals(present)) {
            differing.add(what);
        }
    }

    /// What cannot be plugged: the modes without a network of one's own, by the id of the container that is shared.
    /// One that shares with a container that is made anew has to follow it.
    private String mode(Change.RunContainer wanted) {
        String mode =
                wanted.networks().isEmpty() ? "" : wanted.networks().getFirst().network();
        if (!mode.startsWith("container:")) {
            return EndpointComparison.isNetworkName(mode) ? "" : mode;
        }
        return specs.sandboxesByName(mode.substring("container:".length())).stream()
                .map(SandboxSpec::id)
                .filter(id -> !recreated.contains(id))
                .map(id -> "container:" + id)
                .findFirst()
                .orElse("container:");
    }

    private static String mode(SandboxSpec present) {
        return EndpointComparison.isNetworkName(present.networkMode()) ? "" : present.networkMode();
    }
}
