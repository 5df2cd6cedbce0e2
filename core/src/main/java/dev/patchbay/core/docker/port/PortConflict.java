package dev.patchbay.core.docker.port;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.status.ProblemKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Host ports that Patchbay publishes beside an engine, and that an engine publishes as well: only one
/// of the two is reached, and the order of their rules decides which. Or a rule without a published port
/// translates them elsewhere.
///
/// @param external the published port of Patchbay
/// @param hostPorts the part of its host ports with the conflict
/// @param container name of the container that Patchbay publishes them for; for another engine's its id
/// @param rival name of the container that an engine publishes them for; for another engine's its id.
///     For a rule without a published port its target address
/// @param affected the container that is not reached, or the other one when that is not of the shown
///     engine
/// @param kind which comes first: Patchbay, an engine, or a rule without a published port
/// @param ofShownEngine whether `container` is of the shown engine
public record PortConflict(
        ExternalPublishSpec external,
        PortRange hostPorts,
        String container,
        String rival,
        Id affected,
        ProblemKind kind,
        boolean ofShownEngine) {

    /// @param topology of one engine
    /// @param published all published ports of Patchbay on the host, also for other engines' containers
    public static List<PortConflict> of(
            Topology topology, Collection<ExternalPublishSpec> published, HostRules rules, KernelState kernel) {
        List<ExternalPublishSpec> inForce =
                published.stream().filter(external -> external.target() != null).toList();
        if (inForce.isEmpty()) {
            return List.of();
        }
        PortConflicts contest = new PortConflicts(topology, new NatLookup(rules, kernel));
        return inForce.stream()
                .flatMap(external -> contest.of(external).stream())
                .toList();
    }

    /// The change that removes it, so that the topology shows what is reached. Empty when it is a part
    /// of a mapping of another engine's container, which can only be removed completely, and when no
    /// engine publishes the port, because such a rule may disappear again.
    public Optional<Change> withdrawal() {
        return kind != ProblemKind.ENGINE_PORT_DIVERTED
                        && (ofShownEngine || hostPorts.equals(external.port().hostPorts()))
                ? Optional.of(new Change.Unpublish(
                        container,
                        external.port().hostAddress(),
                        hostPorts,
                        null,
                        external.port().protocol()))
                : Optional.empty();
    }

    /// `8090/tcp`.
    public String text() {
        return hostPorts + "/" + external.port().protocol();
    }
}
