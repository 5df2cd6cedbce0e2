package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ComposeLabels;
import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ProjectDifference.Kind;
import dev.patchbay.core.compose.difference.ProjectDifference.Subject;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares the containers of a project. A difference inside a container means that it is recreated. Its
/// name, restart policy, networks and addresses can change in place and, where the host supports it, its
/// aliases and ports.
final class ContainerComparison {
    private final ProjectObjects objects;
    private final EndpointComparison endpoints;
    private final DifferenceBuilder findings;
    private final ProjectHost host;
    private final Set<Id> recreated = new HashSet<>();

    /// @param leaving networks that are removed
    ContainerComparison(ProjectObjects objects, Set<Id> leaving, DifferenceBuilder findings, ProjectHost host) {
        this.objects = objects;
        this.endpoints = new EndpointComparison(objects.topology(), leaving, host.changesInPlace());
        this.findings = findings;
        this.host = host;
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

    void compare(ProjectContainer container, Container present) throws EngineException, RefusedException {
        Change.RunContainer wanted = container.definition();
        List<String> differing = differences(wanted, present);
        if (!host.changesInPlace()) {
            differing.addAll(PortComparison.differences(wanted, present, host.tellsAnyAddress()));
        }
        if (!differing.isEmpty()) {
            recreated.add(present.id());
            findings.addItem(Kind.RECREATE, Subject.CONTAINER, container.name(), differing);
            findings.addChange(
                    ChangePhase.REMOVE_CONTAINERS,
                    new Change.RemoveContainer(present.id().value(), true));
            findings.addChange(
                    runPhase(wanted), wanted.withLabels(ComposeLabels.withOriginOf(present.labels(), wanted.labels())));
            return;
        }
        List<String> details = new ArrayList<>();
        update(wanted, present, details);
        Set<Id> unplugged = endpoints.compare(container, present, details, findings);
        if (host.changesInPlace()) {
            new PortComparison(present, unplugged, details, findings).compare(wanted);
        }
        if (!present.running() && present.state() != Container.State.RESTARTING) {
            details.add("start");
            findings.addChange(
                    ChangePhase.START, new Change.StartContainer(present.id().value()));
        }
        if (!details.isEmpty()) {
            findings.addItem(Kind.CHANGE, Subject.CONTAINER, present.name(), details);
        }
    }

    private boolean isNameFree(@Nullable String name) {
        return name != null && objects.containerNamed(name).isEmpty();
    }

    /// Changes that are possible while the container runs.
    private void update(Change.RunContainer wanted, Container present, List<String> details) {
        String id = present.id().value();
        if (wanted.name() != null && !present.name().equals(wanted.name())) {
            details.add("named " + wanted.name());
            findings.addChange(ChangePhase.UPDATE_CONTAINERS, new Change.RenameContainer(id, wanted.name()));
        }
        RestartPolicy restart = wanted.settings().restart();
        if (!restart.equals(present.restart())) {
            details.add("restart " + restart);
            findings.addChange(ChangePhase.UPDATE_CONTAINERS, new Change.UpdateContainer(id, restart));
        }
    }

    private static ChangePhase runPhase(Change.RunContainer wanted) {
        return wanted.networks().stream().anyMatch(EndpointComparison::hasStaticAddress)
                ? ChangePhase.RUN_STATIC
                : ChangePhase.RUN;
    }

    private List<String> differences(Change.RunContainer wanted, Container present)
            throws EngineException, RefusedException {
        List<String> differing = new ArrayList<>();
        if (!present.name().equals(wanted.name()) && !isNameFree(wanted.name())) {
            differing.add("was named " + present.name());
        }
        if (!canonicalImage(wanted.image()).equals(canonicalImage(present.image()))) {
            differing.add("image " + wanted.image() + ", was " + present.image());
        }
        ContainerConfig config = present.config();
        // The image may be deleted; then only the container's own values are known.
        ProjectHost.ImageDefaults image = host.image(wanted.image(), wanted.command())
                .orElseGet(
                        () -> new ProjectHost.ImageDefaults(config.command(), config.environment(), present.labels()));
        compareField(
                "command",
                wanted.command().isEmpty() ? image.command() : wanted.command(),
                config.command(),
                differing);
        compareField("environment", environment(wanted, image), environment(config, wanted, image), differing);
        if (!new HashSet<>(present.exposed()).containsAll(wanted.exposed())) {
            differing.add("expose");
        }
        if (wanted.hostname() != null || !sharesHostname(present.networkMode())) {
            compareField("hostname", Objects.requireNonNullElse(wanted.hostname(), ""), config.hostname(), differing);
        }
        compareField("domainname", wanted.domainname(), config.domainname(), differing);
        compareField("tty", wanted.tty(), config.tty(), differing);
        compareField("stdin_open", wanted.openStdin(), config.openStdin(), differing);
        HostSettings settings = config.settings();
        compareField("dns", wanted.settings().dns(), settings.dns(), differing);
        compareField("dns_search", wanted.settings().dnsSearch(), settings.dnsSearch(), differing);
        compareField("dns_opt", wanted.settings().dnsOptions(), settings.dnsOptions(), differing);
        compareField("extra_hosts", wanted.settings().extraHosts(), settings.extraHosts(), differing);
        ProjectObjects.differingLabels(present.labels(), wanted.labels(), image.labels())
                .keySet()
                .forEach(label -> differing.add("label " + label));
        compareField("network_mode", mode(wanted), mode(present), differing);
        return differing;
    }

    private static boolean sharesHostname(String mode) {
        return mode.equals("host") || mode.startsWith("container:");
    }

    /// Podman reports the full name of an image such as `httpd`: `docker.io/library/httpd:latest`.
    private static String canonicalImage(String name) {
        String path = name.replaceFirst("^docker\\.io/(library/)?", "");
        return path.matches("(.*/)?[^/:@]+") ? path + ":latest" : path;
    }

    /// The desired environment, with that of the image.
    private static Set<String> environment(Change.RunContainer wanted, ProjectHost.ImageDefaults image) {
        Set<String> lines = new HashSet<>(wanted.environment());
        Set<String> names = lines.stream().map(ProjectHost::variable).collect(Collectors.toSet());
        image.environment().stream()
                .filter(line -> !names.contains(ProjectHost.variable(line)))
                .forEach(lines::add);
        return lines;
    }

    /// The container's environment, without the variables that the host has added.
    private Set<String> environment(
            ContainerConfig config, Change.RunContainer wanted, ProjectHost.ImageDefaults image) {
        Set<String> added = new HashSet<>(host.addedVariables());
        environment(wanted, image).forEach(line -> added.remove(ProjectHost.variable(line)));
        return config.environment().stream()
                .filter(line -> !added.contains(ProjectHost.variable(line)))
                .collect(Collectors.toSet());
    }

    private static void compareField(String what, Object wanted, Object present, List<String> differing) {
        if (!wanted.equals(present)) {
            differing.add(what);
        }
    }

    /// The modes without a network of their own, with the id of a shared container. A container that
    /// shares the network of a recreated one is recreated too.
    private String mode(Change.RunContainer wanted) {
        String mode =
                wanted.networks().isEmpty() ? "" : wanted.networks().getFirst().network();
        if (!mode.startsWith("container:")) {
            return EndpointComparison.isNetworkName(mode) ? "" : mode;
        }
        return objects.containerNamed(mode.substring("container:".length()))
                .map(Container::id)
                .filter(id -> !recreated.contains(id))
                .map(id -> "container:" + id)
                .orElse("container:");
    }

    private static String mode(Container present) {
        return EndpointComparison.isNetworkName(present.networkMode()) ? "" : present.networkMode();
    }
}
