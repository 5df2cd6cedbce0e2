package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The network namespace of a new container, and the settings that are refused with it.
///
/// @param value as in the spec: a network's name, `default`, `host`, `none`, or `container:` and a full
///     id
/// @param netnsOwner the container whose namespace it shares
record NetworkMode(String value, @Nullable SandboxSpec netnsOwner) {
    private static final String HOST = "host";

    static NetworkMode of(List<EndpointRequest> wanted, Change.RunContainer asked, Specs specs)
            throws RefusedException {
        EndpointRequest first = wanted.getFirst();
        boolean shares = first.network().startsWith(SandboxSpec.CONTAINER_MODE_PREFIX);
        if ((shares || first.network().equals(HOST)) && first.mac() != null) {
            throw ContainerRefusals.conflictingOptions("mac-address and the network mode");
        }
        if (wanted.size() > 1 && wanted.stream().anyMatch(place -> excludesOtherNetworks(place.network()))) {
            throw ContainerRefusals.conflictingOptions(
                    "cannot attach both user-defined and non-user-defined network-modes");
        }
        if (!shares) {
            return new NetworkMode(first.network(), null);
        }
        String typed = first.network().substring(SandboxSpec.CONTAINER_MODE_PREFIX.length());
        if (typed.isEmpty()) {
            throw ContainerRefusals.netnsOwnerMissing();
        }
        checkConflicts(asked);
        SandboxSpec owner = NameLookup.container(specs, typed);
        if (owner.netnsOwner().isPresent() || owner.usesHostNetwork()) {
            // A container that shares a namespace is not its owner.
            return owner.usesHostNetwork()
                    ? new NetworkMode(HOST, null)
                    : new NetworkMode(
                            owner.networkMode(),
                            specs.sandbox(owner.netnsOwner().orElseThrow()));
        }
        return new NetworkMode(SandboxSpec.CONTAINER_MODE_PREFIX + owner.id(), owner);
    }

    private static boolean excludesOtherNetworks(String mode) {
        return mode.equals(HOST) || mode.equals("none") || mode.startsWith(SandboxSpec.CONTAINER_MODE_PREFIX);
    }

    private static void checkConflicts(Change.RunContainer asked) throws RefusedException {
        if (asked.hostname() != null) {
            throw ContainerRefusals.conflictingOptions("hostname and the network mode");
        }
        if (!asked.settings().dns().isEmpty()) {
            throw ContainerRefusals.conflictingOptions("dns and the network mode");
        }
        if (!asked.settings().extraHosts().isEmpty()) {
            throw ContainerRefusals.conflictingOptions("custom host-to-IP mapping and the network mode");
        }
        if (!asked.ports().isEmpty() || asked.settings().publishAll()) {
            throw ContainerRefusals.conflictingOptions("port publishing and the container type network mode");
        }
        if (!asked.exposed().isEmpty()) {
            throw ContainerRefusals.conflictingOptions("port exposing and the container type network mode");
        }
    }

    boolean sharesNetns() {
        return netnsOwner != null;
    }

    /// As in Docker: its short id, on the host's network the host's name, or the name of the container
    /// that owns the namespace.
    String hostname(@Nullable String asked, Id id, PlanContext context) {
        if (netnsOwner != null) {
            return netnsOwner.hostname();
        }
        String own = value.equals(HOST) ? context.state().kernel().hostname() : id.shortForm();
        return Objects.requireNonNullElse(asked, own.isEmpty() ? id.shortForm() : own);
    }

    String domainname(String asked) {
        return netnsOwner == null ? asked : netnsOwner.domainname();
    }
}
