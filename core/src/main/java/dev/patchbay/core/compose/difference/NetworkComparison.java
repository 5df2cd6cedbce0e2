package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.ProjectNetwork;
import dev.patchbay.core.compose.difference.ProjectDifference.Kind;
import dev.patchbay.core.compose.difference.ProjectDifference.Subject;
import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares the networks of a project. Labels and the MTU can change in place where the host supports
/// it. For any other difference a network is recreated, and the containers of the project are connected
/// to the new one.
final class NetworkComparison {
    private static final String MTU = "com.docker.network.driver.mtu";

    private final ProjectObjects owned;
    private final DifferenceBuilder findings;
    private final boolean inPlace;
    private final Map<String, String> addedOptions;
    private final Set<Id> removedNetworks = new LinkedHashSet<>();

    NetworkComparison(ProjectObjects owned, DifferenceBuilder findings, ProjectHost host) {
        this.owned = owned;
        this.findings = findings;
        inPlace = host.changesInPlace();
        addedOptions = host.addedNetworkOptions();
    }

    /// Networks that are removed, and so need all endpoints removed first.
    Set<Id> removedNetworks() {
        return removedNetworks;
    }

    /// @return the present network, null when there is none
    @Nullable
    Network compare(ProjectNetwork network) throws RefusedException {
        Change.CreateNetwork wanted = network.definition();
        if (wanted == null) {
            if (owned.networksNamed(network.name()).isEmpty()) {
                throw ComposeRefusals.externalMissing(network.name());
            }
            return null;
        }
        Network present = owned.network(network);
        if (present == null) {
            findings.addItem(Kind.CREATE, Subject.NETWORK, network.name(), describe(wanted));
            findings.addChange(ChangePhase.CREATE_NETWORKS, wanted);
            return null;
        }
        List<String> differing = differences(wanted, present);
        Update update = update(wanted, present);
        if (!inPlace) {
            differing.addAll(update.details());
        }
        if (differing.isEmpty()) {
            if (!update.details().isEmpty()) {
                findings.addItem(Kind.CHANGE, Subject.NETWORK, present.name(), update.details());
                findings.addChange(ChangePhase.CHANGE_NETWORKS, update.change());
            }
        } else {
            removedNetworks.add(present.id());
            findings.addItem(Kind.RECREATE, Subject.NETWORK, network.name(), differing);
            findings.addChange(
                    ChangePhase.REMOVE_NETWORKS,
                    new Change.RemoveNetwork(present.id().value()));
            findings.addChange(ChangePhase.CREATE_NETWORKS, wanted);
        }
        return present;
    }

    /// @param details empty without a change
    private record Update(List<String> details, Change.UpdateNetwork change) {}

    private static Update update(Change.CreateNetwork wanted, Network present) {
        Map<String, @Nullable String> labels =
                ProjectObjects.differingLabels(present.labels(), wanted.labels(), Map.of());
        String mtu = wanted.options().getOrDefault(MTU, "0");
        boolean otherMtu = !mtu.equals(present.config().options().getOrDefault(MTU, "0"));
        List<String> details = new ArrayList<>();
        Map<String, String> added = new HashMap<>();
        List<String> removed = new ArrayList<>();
        labels.forEach((label, value) -> {
            details.add("label " + label);
            if (value == null) {
                removed.add(label);
            } else {
                added.put(label, value);
            }
        });
        if (otherMtu) {
            details.add("MTU " + mtu);
        }
        return new Update(
                details, new Change.UpdateNetwork(present.id().value(), null, added, removed, otherMtu ? mtu : null));
    }

    private static List<String> describe(Change.CreateNetwork wanted) {
        List<String> details = new ArrayList<>();
        for (PoolRequest pool : wanted.pools()) {
            if (pool.subnet() != null) {
                details.add(pool.subnet());
            }
        }
        if (wanted.internal()) {
            details.add("internal");
        }
        return details;
    }

    private List<String> differences(Change.CreateNetwork wanted, Network present) {
        List<String> differing = new ArrayList<>();
        if (!present.driver().name().equals(wanted.driver())) {
            differing.add("driver " + wanted.driver());
        }
        if (!areSamePools(wanted.pools(), present.config())) {
            List<String> subnets = wanted.pools().stream()
                    .map(PoolRequest::subnet)
                    .filter(Objects::nonNull)
                    .toList();
            differing.add("addresses " + (subnets.isEmpty() ? "of Patchbay's choice" : String.join(", ", subnets)));
        }
        compareFlag("IPv6", wanted.ipv6(), present.ipv6(), differing);
        compareFlag("internal", wanted.internal(), present.internal(), differing);
        compareFlag("attachable", wanted.attachable(), present.config().attachable(), differing);
        Map<String, String> wantedOptions = withoutMtu(wanted.options());
        Map<String, String> completed = new HashMap<>(addedOptions);
        completed.putAll(wantedOptions);
        Map<String, String> options = withoutMtu(present.config().options());
        if (!options.equals(wantedOptions) && !options.equals(completed)) {
            differing.add("driver options");
        }
        return differing;
    }

    private static void compareFlag(String name, boolean wanted, boolean present, List<String> differing) {
        if (wanted != present) {
            differing.add(wanted ? name : "not " + name);
        }
    }

    private static Map<String, String> withoutMtu(Map<String, String> options) {
        Map<String, String> others = new HashMap<>(options);
        others.remove(MTU);
        return others;
    }

    /// When the host does not report whether it chose a pool, it counts as requested.
    private static boolean areSamePools(List<PoolRequest> wanted, NetworkConfig present) {
        List<PoolRequest> asked =
                wanted.stream().filter(pool -> pool.subnet() != null).toList();
        List<Pool> given = present.pools().stream().filter(Pool::subnetGiven).toList();
        return (asked.size() == given.size() || !present.poolsKnown())
                && asked.stream()
                        .allMatch(pool -> given.stream().anyMatch(one -> isSamePool(pool, one, present.poolsKnown())));
    }

    private static boolean isSamePool(PoolRequest wanted, Pool present, boolean known) {
        boolean gatewayCounts = known ? present.gatewayGiven() : wanted.gateway() != null;
        return isSameCidr(wanted.subnet(), present.subnet())
                && isSameCidr(wanted.range(), present.range())
                && Objects.equals(wanted.gateway(), gatewayCounts ? Addresses.format(present.gateway()) : null)
                && wanted.auxiliary().keySet().equals(present.auxiliary().keySet())
                && wanted.auxiliary().entrySet().stream()
                        .allMatch(entry -> entry.getValue()
                                .equals(Addresses.format(Objects.requireNonNull(
                                        present.auxiliary().get(entry.getKey())))));
    }

    /// An invalid CIDR is refused later, when the network is created.
    private static boolean isSameCidr(@Nullable String typed, @Nullable Cidr present) {
        try {
            return typed == null
                    ? present == null
                    : present != null && Cidr.of(typed).network().equals(present.network());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
