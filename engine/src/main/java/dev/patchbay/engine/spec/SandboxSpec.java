package dev.patchbay.engine.spec;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.ExposedPorts;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.kernel.Ownership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sandbox that must exist: a network namespace and, while `running`, the person's command inside it.
///
/// Its endpoints and ports are in the kernel only while it runs. Their specs, with the addresses, stay
/// while it is stopped.
///
/// @param name the container's name, without the leading slash; never reaches the kernel
/// @param image as the person typed it, `httpd:2.4`
/// @param workload the program to run, which the core derives from image and command
/// @param command for inspect and `ps`, as `[httpd-foreground]`
/// @param environment `NAME=value` lines for the command
/// @param exposed container ports that the image or the person declares, published or not
/// @param networkMode `HostConfigDocument.NetworkMode` as the person requested it: `default`, `none`,
///     `host`, a network's name, or `container:` and the id of the sandbox whose namespace this one
///     shares
/// @param domainname `NIS` domain of the sandbox, part of its full name in `/etc/hosts`; empty for none
/// @param run id of the present or last start
/// @param namespaceId id of the network namespace of that start: its own, or the shared one
/// @param stoppedByPerson whether a person stopped it, which its restart policy respects
public record SandboxSpec(
        Id id,
        String name,
        Instant created,
        String image,
        Workload workload,
        List<String> command,
        String hostname,
        String domainname,
        List<String> environment,

        @JsonSerialize(using = ExposedPorts.Writer.class) @JsonDeserialize(using = ExposedPorts.Reader.class)
        List<ExposedPort> exposed,

        Map<String, String> labels,
        boolean tty,
        boolean openStdin,
        String networkMode,
        HostSettings settings,
        Id run,
        Id namespaceId,
        boolean running,
        boolean stoppedByPerson)
        implements Spec {
    /// The prefix of the network mode of a sandbox that shares another one's namespace.
    public static final String CONTAINER_MODE_PREFIX = "container:";

    public SandboxSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        exposed = ExposedPorts.of(exposed);
        labels = Map.copyOf(labels);
        if (hostname.isEmpty() || hostname.length() > 64 || hostname.chars().anyMatch(c -> c < '!' || c > '~')) {
            throw new IllegalArgumentException("invalid hostname: " + hostname);
        }
        if (domainname.length() > 64 || domainname.chars().anyMatch(c -> c < '!' || c > '~')) {
            throw new IllegalArgumentException("invalid domainname: " + domainname);
        }
        if (running && workload instanceof Workload.ExternalNetns(String _, var file) && file == null) {
            throw new IllegalArgumentException("a running sandbox in an external namespace needs the namespace's file");
        }
        if (environment.stream().anyMatch(line -> line.indexOf('=') < 1 || line.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("an environment line is NAME=value");
        }
    }

    /// A sandbox of an engine that uses Patchbay's network driver. It runs while its record exists.
    public static SandboxSpec driverManaged(Id id, String name, Instant created) {
        return external(id, name, created, new Workload.DriverManaged(), true);
    }

    /// A sandbox of somebody else whose namespace the helper enters.
    ///
    /// @param engine address of its engine
    /// @param namespace file of its namespace; null while it does not run
    public static SandboxSpec inExternalNetns(
            Id id, String name, Instant created, String engine, @Nullable String namespace) {
        return external(id, name, created, new Workload.ExternalNetns(engine, namespace), namespace != null);
    }

    private static SandboxSpec external(Id id, String name, Instant created, Workload workload, boolean runs) {
        return new SandboxSpec(
                id,
                name,
                created,
                "",
                workload,
                List.of(),
                id.shortForm(),
                "",
                List.of(),
                List.of(),
                Map.of(),
                false,
                false,
                "default",
                HostSettings.DEFAULT,
                id,
                id,
                runs,
                false);
    }

    /// Name of the network namespace in `/run/netns`; a sandbox on the host's network has none.
    public String netnsName() {
        return Ownership.netnsName(namespaceId);
    }

    /// Whether it uses the host's network namespace.
    public boolean usesHostNetwork() {
        return networkMode.equals("host");
    }

    /// Whether its namespace and its command belong to somebody else.
    public boolean isExternal() {
        return movesVethItself() || hasExternalNetns();
    }

    /// Whether its owner moves the inner ends of its veth pairs. The helper then has only the outer
    /// ends, and neither checks nor repairs anything inside.
    public boolean movesVethItself() {
        return workload instanceof Workload.DriverManaged;
    }

    /// Whether the helper enters a namespace of somebody else to attach it.
    public boolean hasExternalNetns() {
        return workload instanceof Workload.ExternalNetns;
    }

    /// Whether the helper enters its namespace, and it belongs to this engine.
    public boolean hasExternalNetnsOf(String engine) {
        return workload instanceof Workload.ExternalNetns(String address, var _) && address.equals(engine);
    }

    /// Whether the helper creates its namespace, or that of the sandbox whose namespace it shares.
    public boolean hasManagedNetns() {
        return !usesHostNetwork() && !isExternal();
    }

    /// The sandbox whose network namespace it shares.
    public Optional<Id> netnsOwner() {
        return networkMode.matches(CONTAINER_MODE_PREFIX + "[0-9a-f]{64}")
                ? Optional.of(new Id(networkMode.substring(CONTAINER_MODE_PREFIX.length())))
                : Optional.empty();
    }

    /// The same sandbox, to be started in a new namespace.
    public SandboxSpec withNewRun() {
        return withNewRun(Id.random());
    }

    /// The same sandbox, to be started in a namespace with a known id, so that a preview can name it.
    public SandboxSpec withNewRun(Id freshRun) {
        return withRunIn(freshRun, freshRun);
    }

    /// The same sandbox, to be started in a namespace that others use too.
    public SandboxSpec withRunIn(Id freshRun, Id namespace) {
        return with(name, networkMode, settings, freshRun, namespace, true, false);
    }

    /// The same sandbox after its command ended.
    public SandboxSpec stopped() {
        return with(name, networkMode, settings, run, namespaceId, false, false);
    }

    /// The same sandbox, stopped by a person.
    public SandboxSpec stoppedByUser() {
        return with(name, networkMode, settings, run, namespaceId, false, true);
    }

    /// The same sandbox for a peer that must not see what it runs.
    ///
    /// @param instead replaces the command
    public SandboxSpec redacted(String instead) {
        return new SandboxSpec(
                id,
                name,
                created,
                image,
                workload instanceof Workload.Command ? new Workload.Command(List.of(instead)) : workload,
                command.isEmpty() ? command : List.of(instead),
                hostname,
                domainname,
                List.of(),
                exposed,
                Map.of(),
                tty,
                openStdin,
                networkMode,
                settings,
                run,
                namespaceId,
                running,
                stoppedByPerson);
    }

    public SandboxSpec withName(String newName) {
        return with(newName, networkMode, settings, run, namespaceId, running, stoppedByPerson);
    }

    public SandboxSpec withSettings(HostSettings changed) {
        return with(name, networkMode, changed, run, namespaceId, running, stoppedByPerson);
    }

    /// The same sandbox after its first network was renamed.
    public SandboxSpec withNetworkMode(String mode) {
        return with(name, mode, settings, run, namespaceId, running, stoppedByPerson);
    }

    private SandboxSpec with(
            String called,
            String mode,
            HostSettings asked,
            Id start,
            Id namespace,
            boolean runs,
            boolean stoppedByHand) {
        return new SandboxSpec(
                id,
                called,
                created,
                image,
                workload,
                command,
                hostname,
                domainname,
                environment,
                exposed,
                labels,
                tty,
                openStdin,
                mode,
                asked,
                start,
                namespace,
                runs,
                stoppedByHand);
    }
}
