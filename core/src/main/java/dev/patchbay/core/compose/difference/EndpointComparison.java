package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares the places that a container has on networks with those it should have.
///
/// @param removedNetworks networks that go
record EndpointComparison(Specs specs, Set<Id> removedNetworks) {

    /// Whether the person chose an address.
    static boolean hasStaticAddress(EndpointRequest place) {
        return place.address() != null || place.address6() != null;
    }

    /// @return endpoints that go
    Set<Id> compare(ProjectContainer container, SandboxSpec present, List<String> details, DifferenceBuilder findings) {
        Change.RunContainer wanted = container.definition();
        Set<String> implied = new HashSet<>(List.of(container.name(), container.service(), present.name()));
        Set<Id> kept = new LinkedHashSet<>();
        List<EndpointSpec> endpoints = specs.endpointsOf(present.id());
        for (EndpointRequest place : wanted.networks()) {
            EndpointSpec endpoint = endpoint(place, endpoints);
            if (endpoint != null && isSame(place, endpoint)) {
                kept.add(endpoint.id());
                compareAliases(place, endpoint, present, implied, details, findings);
            } else if (endpoint != null || isNetworkName(place.network())) {
                details.add((endpoint == null ? "connect to " : "connect anew to ") + place.network());
                findings.addChange(
                        hasStaticAddress(place) ? ChangePhase.CONNECT_STATIC : ChangePhase.CONNECT,
                        new Change.Connect(present.id().value(), place));
            }
        }
        Set<Id> unplugged = new LinkedHashSet<>();
        for (EndpointSpec endpoint : endpoints) {
            if (kept.contains(endpoint.id())) {
                continue;
            }
            unplugged.add(endpoint.id());
            NetworkSpec network = specs.network(endpoint.network());
            if (wanted.networks().stream().noneMatch(place -> isOn(place, network))) {
                details.add("disconnect from " + network.name());
            }
            findings.addChange(
                    ChangePhase.DISCONNECT,
                    new Change.Disconnect(network.id().value(), present.id().value()));
        }
        return unplugged;
    }

    /// A container that was made by hand need not have the names that Compose gives without being asked, and one
    /// that is renamed takes its own along.
    ///
    /// @param implied those names
    private static void compareAliases(
            EndpointRequest place,
            EndpointSpec endpoint,
            SandboxSpec present,
            Set<String> implied,
            List<String> details,
            DifferenceBuilder findings) {
        Set<String> wanted = minus(implied, place.aliases());
        Set<String> had = minus(implied, endpoint.aliases());
        boolean renamed =
                endpoint.aliases().contains(present.name()) && !place.aliases().contains(present.name());
        if (!wanted.equals(had) || renamed) {
            if (!wanted.equals(had)) {
                details.add("aliases on " + place.network());
            }
            findings.addChange(
                    ChangePhase.UPDATE_CONTAINERS,
                    new Change.UpdateAliases(
                            endpoint.network().value(), present.id().value(), place.aliases()));
        }
    }

    /// Whether a network mode is a network that a container can be plugged into.
    static boolean isNetworkName(String mode) {
        return !mode.equals("none") && !mode.equals("host") && !mode.startsWith("container:");
    }

    private @Nullable EndpointSpec endpoint(EndpointRequest place, List<EndpointSpec> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> isOn(place, specs.network(endpoint.network())))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOn(EndpointRequest place, NetworkSpec network) {
        return network.name().equals(place.network())
                || (network.name().equals("bridge") && place.network().equals("default"));
    }

    private boolean isSame(EndpointRequest place, EndpointSpec endpoint) {
        return !removedNetworks.contains(endpoint.network())
                && place.gatewayPriority() == endpoint.gatewayPriority()
                && isSameAddress(place.address(), endpoint.staticIpv4() ? endpoint.ipv4() : null)
                && isSameAddress(place.address6(), endpoint.staticIpv6() ? endpoint.ipv6() : null)
                && Objects.equals(
                        place.mac() == null
                                ? null
                                : place.mac().toLowerCase(Locale.ROOT).replace('-', ':'),
                        endpoint.macGiven() ? endpoint.mac().text() : null);
    }

    private static Set<String> minus(Set<String> implied, List<String> aliases) {
        Set<String> others = new HashSet<>(aliases);
        others.removeAll(implied);
        return others;
    }

    /// What is no address is told when the container is connected.
    private static boolean isSameAddress(@Nullable String typed, @Nullable Cidr present) {
        if (typed == null || present == null) {
            return typed == null && present == null;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(typed);
            return Addresses.format(address).equals(Addresses.format(present.address()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
