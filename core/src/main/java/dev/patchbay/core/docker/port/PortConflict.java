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

/// Host ports that Patchbay publishes beside an engine and that an engine, this one or another, has published as well
/// since: one of the two is not reached, and the order of their rules decides which. Or a rule that nobody published
/// leads them elsewhere.
///
/// @param external what Patchbay publishes
/// @param hostPorts the part of its host ports that it is about
/// @param container name of the container that Patchbay publishes them for; another engine's goes by its id
/// @param rival name of the container that an engine publishes them for; another engine's goes by its id. Of a rule
///     that nobody published: the address that it leads to
/// @param affected the container that is not reached, or the other one where that is not the shown engine's
/// @param kind who comes first: Patchbay, an engine, or a rule that nobody published
/// @param ofShownEngine `container` is the shown engine's
public record PortConflict(
        ExternalPublishSpec external,
        PortRange hostPorts,
        String container,
        String rival,
        Id affected,
        ProblemKind kind,
        boolean ofShownEngine) {

    /// @param topology of one engine
    /// @param published all that Patchbay publishes on the host, for other engines' containers too
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

    /// Takes it back, so that the picture is as what is reached and the engine has what it was told to. Empty where
    /// it is a part of what another engine's container has, which is taken back whole from here or not at all, and
    /// where no engine asks for it: a rule may go as it came.
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
