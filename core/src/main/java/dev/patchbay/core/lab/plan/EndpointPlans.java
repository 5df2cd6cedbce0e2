package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecAddresses;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Connects containers to networks and disconnects them.
///
/// The default route belongs to the endpoint with the highest gateway priority. Of equal ones it is the
/// present one, otherwise the oldest with a route to the outside. Published ports belong to the endpoint
/// with which they came into force. Docker moves both to the network whose name sorts first.
final class EndpointPlans {
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    private EndpointPlans() {}

    static String connect(Change.Connect asked, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException, EngineException {
        NetworkSpec network =
                NameLookup.network(changes.specs(), asked.endpoint().network());
        SandboxSpec sandbox = NameLookup.container(changes.specs(), asked.container());
        if (network.configOnly()) {
            throw NetworkRefusals.connectToConfiguration();
        }
        switch (network.driver()) {
            case HOST -> throw ContainerRefusals.hostNetworkNotConnectable();
            case NULL -> throw ContainerRefusals.noneNetworkExclusive();
            case BRIDGE, MACVLAN -> attach(network, sandbox, asked.endpoint(), changes, context);
        }
        return "";
    }

    static String disconnect(Change.Disconnect asked, SpecChangeBuilder changes) throws RefusedException {
        NetworkSpec network = NameLookup.network(changes.specs(), asked.network());
        SandboxSpec sandbox = NameLookup.container(changes.specs(), asked.container());
        if (network.driver() == Driver.HOST && sandbox.usesHostNetwork()) {
            throw ContainerRefusals.hostNetworkNotConnectable();
        }
        if (network.driver() == Driver.NULL && sandbox.networkMode().equals(network.name())) {
            // Afterwards it may be connected like any other.
            changes.put(sandbox.withNetworkMode("default"));
            return "";
        }
        detach(endpoint(network, sandbox, changes), changes);
        return "";
    }

    private static EndpointSpec endpoint(NetworkSpec network, SandboxSpec sandbox, SpecChangeBuilder changes)
            throws RefusedException {
        return changes.specs().endpointsOf(sandbox.id()).stream()
                .filter(candidate -> candidate.network().equals(network.id()))
                .findFirst()
                .orElseThrow(() -> ContainerRefusals.notConnected(sandbox.id(), network.name(), sandbox.running()));
    }

    static String updateAliases(Change.UpdateAliases asked, SpecChangeBuilder changes) throws RefusedException {
        NetworkSpec network = NameLookup.network(changes.specs(), asked.network());
        SandboxSpec sandbox = NameLookup.container(changes.specs(), asked.container());
        checkAliases(network, asked.aliases());
        changes.put(endpoint(network, sandbox, changes).withAliases(asked.aliases()));
        return "";
    }

    /// Creates an endpoint on a network, and assigns the unbound ports of the sandbox to it.
    static void attach(
            NetworkSpec network,
            SandboxSpec sandbox,
            EndpointRequest asked,
            SpecChangeBuilder changes,
            PlanContext context)
            throws RefusedException, EngineException {
        List<PortSpec> unbound = PortPlans.unbound(sandbox.id(), changes.specs());
        EndpointSpec endpoint = createEndpoint(network, sandbox, asked, changes, context);
        // A macvlan link is reached from the parent's network without the host, so it needs no published
        // ports.
        if (network.driver() == Driver.BRIDGE) {
            PortPlans.bind(unbound, endpoint, changes, context);
        }
    }

    /// As [#attach], without the ports.
    static EndpointSpec createEndpoint(
            NetworkSpec network,
            SandboxSpec sandbox,
            EndpointRequest asked,
            SpecChangeBuilder changes,
            PlanContext context)
            throws RefusedException {
        if (sandbox.networkMode().equals("none")) {
            throw ContainerRefusals.noneNetworkExclusive();
        }
        if (sandbox.usesHostNetwork() || sandbox.netnsOwner().isPresent()) {
            throw ContainerRefusals.sharesNetns();
        }
        checkAliases(network, asked.aliases());
        List<EndpointSpec> others = changes.specs().endpointsOf(sandbox.id());
        if (others.stream().anyMatch(other -> other.network().equals(network.id()))) {
            throw ContainerRefusals.alreadyConnected(sandbox.name(), network.name());
        }
        List<Cidr> addresses = SpecAddresses.allocator(network, changes.specs()).addresses(asked);
        Optional<EndpointSpec> leading =
                others.stream().filter(EndpointSpec::defaultRoute).findFirst();
        boolean leads = context.connecting().givesDefaultRoute()
                && !network.internal()
                && (leading.isEmpty() || leading.get().gatewayPriority() < asked.gatewayPriority());
        String prefix = Objects.requireNonNullElse(
                context.connecting().interfacePrefix(), network.settings().interfacePrefix());
        EndpointSpec endpoint = new EndpointSpec(
                context.ids().next(),
                network.id(),
                sandbox.id(),
                nextInterfaceName(prefix, others),
                addresses,
                asked.mac() == null ? MacAddress.fromIpv4(addresses.getFirst().address()) : mac(asked.mac()),
                asked.aliases(),
                leads,
                asked.gatewayPriority(),
                asked.address() != null,
                asked.address6() != null,
                asked.mac() != null);
        if (leads) {
            leading.ifPresent(other -> changes.put(other.withDefaultRoute(false)));
        }
        changes.put(endpoint);
        return endpoint;
    }

    private static MacAddress mac(String typed) throws RefusedException {
        try {
            MacAddress mac = new MacAddress(typed.toLowerCase(Locale.ROOT).replace('-', ':'));
            if ((mac.bytes()[0] & 1) != 0) {
                throw AddressRefusals.multicastMac(typed);
            }
            return mac;
        } catch (IllegalArgumentException e) {
            throw AddressRefusals.badMac(typed);
        }
    }

    /// Removes the endpoint. Its ports stay requested, and the default route moves to the next oldest
    /// endpoint with a route to the outside.
    static void detach(EndpointSpec endpoint, SpecChangeBuilder changes) {
        changes.remove(endpoint.id());
        for (PortSpec port : changes.specs().portsOf(endpoint.sandbox())) {
            if (endpoint.id().equals(port.endpoint())) {
                changes.put(port.withEndpoint(null));
            }
        }
        if (endpoint.defaultRoute()) {
            changes.specs().endpointsOf(endpoint.sandbox()).stream()
                    .filter(other -> !changes.specs().network(other.network()).internal())
                    .reduce((first, second) -> second.gatewayPriority() > first.gatewayPriority() ? second : first)
                    .ifPresent(heir -> changes.put(heir.withDefaultRoute(true)));
        }
    }

    private static void checkAliases(NetworkSpec network, List<String> aliases) throws RefusedException {
        if (network.predefined() && !aliases.isEmpty()) {
            throw ContainerRefusals.aliasOnDefaultBridge();
        }
        for (String alias : aliases) {
            if (!ALIAS.matcher(alias).matches()) {
                throw ContainerRefusals.invalid("invalid network alias: " + alias);
            }
        }
    }

    /// The number after the highest one of the sandbox's links with this prefix.
    private static String nextInterfaceName(String prefix, List<EndpointSpec> others) {
        Pattern numbered = Pattern.compile(prefix + "(\\d{1,3})");
        int highest = others.stream()
                .map(other -> numbered.matcher(other.interfaceName()))
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)))
                .max()
                .orElse(-1);
        return prefix + (highest + 1);
    }
}
