package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All objects of one host at one revision.
///
/// @param networks in the order of creation, the predefined bridge, host and none first
/// @param containers in the order of creation
/// @param activity newest last
/// @param problems differences between kernel and records
/// @param autoRepair whether problems are repaired as soon as they are found
/// @param driftCoverage the part of the host that was compared with its kernel
public record Topology(
        long revision,
        Host host,
        List<Network> networks,
        List<Container> containers,
        List<HistoryEntry> activity,
        List<Problem> problems,
        boolean autoRepair,
        DriftCoverage driftCoverage) {

    /// The part of a host that was compared with its kernel.
    public enum DriftCoverage {
        /// All of a Lab.
        EVERYTHING,
        /// An engine's bridges, what its rules do for its bridge networks and published ports, and Patchbay's
        /// own objects beside it.
        ENGINE_RULES,
        /// An engine's bridges, and Patchbay's own objects beside it. The engine's rules could not be
        /// read.
        RECORDS,
        NOTHING
    }

    public Topology {
        networks = List.copyOf(networks);
        containers = List.copyOf(containers);
        activity = List.copyOf(activity);
        problems = List.copyOf(problems);
    }

    /// Without problems.
    public Topology(
            long revision, Host host, List<Network> networks, List<Container> containers, List<HistoryEntry> activity) {
        this(revision, host, networks, containers, activity, List.of(), false);
    }

    /// With everything compared.
    public Topology(
            long revision,
            Host host,
            List<Network> networks,
            List<Container> containers,
            List<HistoryEntry> activity,
            List<Problem> problems,
            boolean autoRepair) {
        this(revision, host, networks, containers, activity, problems, autoRepair, DriftCoverage.EVERYTHING);
    }

    public Topology with(List<Problem> seen) {
        return new Topology(revision, host, networks, containers, activity, seen, autoRepair, driftCoverage);
    }

    public Topology with(DriftCoverage extent) {
        return new Topology(revision, host, networks, containers, activity, problems, autoRepair, extent);
    }

    /// @param rootless null for an engine of root's
    public Topology with(@Nullable RootlessEngine rootless) {
        return new Topology(
                revision, host.with(rootless), networks, containers, activity, problems, autoRepair, driftCoverage);
    }

    public Topology withNetworks(List<Network> others) {
        return new Topology(revision, host, others, containers, activity, problems, autoRepair, driftCoverage);
    }

    /// @param others replace its containers, in the same order
    public Topology withContainers(List<Container> others) {
        return new Topology(revision, host, networks, others, activity, problems, autoRepair, driftCoverage);
    }

    public @Nullable Network network(Id id) {
        return networks.stream()
                .filter(network -> network.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    public @Nullable Container container(Id id) {
        return containers.stream()
                .filter(container -> container.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /// The container whose endpoints and published ports this one uses: the one whose network namespace it
    /// shares, or itself; null when the other one is gone.
    public @Nullable Container netnsOwner(Container container) {
        Container owner = container;
        // A container may share with one that shares with another; the number of containers ends a circle.
        for (int joined = 0; joined < containers.size(); joined++) {
            String shared = owner.sharedNetns();
            if (shared == null) {
                return owner;
            }
            owner = containers.stream()
                    .filter(other ->
                            other.id().value().equals(shared) || other.name().equals(shared))
                    .findFirst()
                    .orElse(null);
            if (owner == null) {
                return null;
            }
        }
        return null;
    }

    /// Null when there is no such port.
    public @Nullable PublishedPort port(Id id) {
        for (Container container : containers) {
            for (PortBinding port : container.ports()) {
                if (port.id().equals(id)) {
                    return new PublishedPort(container, port);
                }
            }
        }
        return null;
    }

    /// Containers with an endpoint on this network, in the order of creation.
    public List<Container> containersOn(Id network) {
        return containers.stream()
                .filter(container -> container.endpointOn(network) != null)
                .toList();
    }

    /// What undo would take back; null when there is nothing.
    public @Nullable HistoryEntry undoable() {
        return HistoryAction.UNDO.find(activity);
    }

    /// What redo would do again; null when there is nothing.
    public @Nullable HistoryEntry redoable() {
        return HistoryAction.REDO.find(activity);
    }
}
