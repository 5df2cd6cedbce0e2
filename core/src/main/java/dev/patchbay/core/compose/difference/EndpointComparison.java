package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares the endpoints of a container with the desired ones.
///
/// @param removedNetworks networks that are removed
/// @param inPlace whether aliases can change while the endpoint exists
record EndpointComparison(Topology topology, Set<Id> removedNetworks, boolean inPlace) {

    /// Whether the person chose an address.
    static boolean hasStaticAddress(EndpointRequest place) {
        return place.address() != null || place.address6() != null;
    }

    /// @return endpoints that are removed
    Set<Id> compare(ProjectContainer container, Container present, List<String> details, DifferenceBuilder findings) {
        Change.RunContainer wanted = container.definition();
        // A container made by hand need not have the names that Compose adds.
        Set<String> implied = new HashSet<>(List.of(container.name(), container.service(), present.name()));
        Set<Id> kept = new LinkedHashSet<>();
        List<Endpoint> endpoints = present.endpoints();
        for (EndpointRequest place : wanted.networks()) {
            Endpoint endpoint = endpoint(place, endpoints);
            boolean sameAliases =
                    endpoint != null && minus(implied, place.aliases()).equals(minus(implied, aliases(endpoint)));
            if (endpoint != null && isSame(place, endpoint) && (sameAliases || inPlace)) {
                kept.add(endpoint.id());
                updateAliases(place, endpoint, present, sameAliases, details, findings);
            } else if (endpoint != null || isNetworkName(place.network())) {
                details.add((endpoint == null ? "connect to " : "connect anew to ") + place.network());
                findings.addChange(
                        hasStaticAddress(place) ? ChangePhase.CONNECT_STATIC : ChangePhase.CONNECT,
                        new Change.Connect(present.id().value(), place));
            }
        }
        Set<Id> unplugged = new LinkedHashSet<>();
        for (Endpoint endpoint : endpoints) {
            if (kept.contains(endpoint.id())) {
                continue;
            }
            unplugged.add(endpoint.id());
            Network network = network(endpoint);
            if (wanted.networks().stream().noneMatch(place -> isOn(place, network))) {
                details.add("disconnect from " + network.name());
            }
            findings.addChange(
                    ChangePhase.DISCONNECT,
                    new Change.Disconnect(network.id().value(), present.id().value()));
        }
        return unplugged;
    }

    private Network network(Endpoint endpoint) {
        return Objects.requireNonNull(topology.network(endpoint.network()));
    }

    private static List<String> aliases(Endpoint endpoint) {
        return endpoint.config().aliases();
    }

    /// A renamed container keeps the alias of its old name.
    private void updateAliases(
            EndpointRequest place,
            Endpoint endpoint,
            Container present,
            boolean same,
            List<String> details,
            DifferenceBuilder findings) {
        boolean renamed =
                aliases(endpoint).contains(present.name()) && !place.aliases().contains(present.name());
        if (!same) {
            details.add("aliases on " + place.network());
        }
        if (inPlace && (!same || renamed)) {
            findings.addChange(
                    ChangePhase.UPDATE_CONTAINERS,
                    new Change.UpdateAliases(
                            endpoint.network().value(), present.id().value(), place.aliases()));
        }
    }

    /// Whether a network mode is a network with endpoints.
    static boolean isNetworkName(String mode) {
        return !mode.equals("none") && !mode.equals("host") && !mode.startsWith("container:");
    }

    private @Nullable Endpoint endpoint(EndpointRequest place, List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> isOn(place, network(endpoint)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOn(EndpointRequest place, Network network) {
        return network.name().equals(place.network())
                || (network.name().equals("bridge") && place.network().equals("default"));
    }

    /// An address that an engine reports only as assigned counts as requested when it equals the desired
    /// one.
    private boolean isSame(EndpointRequest place, Endpoint endpoint) {
        EndpointConfig config = endpoint.config();
        MacAddress mac = place.mac() != null && !config.addressesKnown() ? endpoint.mac() : config.mac();
        return !removedNetworks.contains(endpoint.network())
                && place.gatewayPriority() == config.gatewayPriority()
                && isSameAddress(place.address(), config.address(), endpoint.address(), config.addressesKnown())
                && isSameAddress(place.address6(), config.address6(), endpoint.address6(), config.addressesKnown())
                && Objects.equals(
                        place.mac() == null
                                ? null
                                : place.mac().toLowerCase(Locale.ROOT).replace('-', ':'),
                        mac == null ? null : mac.text());
    }

    private static Set<String> minus(Set<String> implied, List<String> aliases) {
        Set<String> others = new HashSet<>(aliases);
        others.removeAll(implied);
        return others;
    }

    /// An invalid address is refused later, when the container is connected.
    ///
    /// @param known when false, the assigned address counts as requested
    private static boolean isSameAddress(
            @Nullable String typed, @Nullable InetAddress requested, @Nullable Cidr assigned, boolean known) {
        if (typed == null) {
            return requested == null;
        }
        InetAddress present = requested == null && !known && assigned != null ? assigned.address() : requested;
        try {
            return present != null
                    && Addresses.format(InetAddress.ofLiteral(typed)).equals(Addresses.format(present));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
