package dev.patchbay.core.lab.plan;

import dev.patchbay.core.ipam.Addressing;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.refusal.AddressMistakes;
import dev.patchbay.core.refusal.ContainerMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.NetworkMistakes;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plugs containers into networks and pulls them out.
///
/// The default route belongs to the endpoint with the highest gateway priority, and among equals to the one
/// that has it or else to the oldest that leads out; published ports belong to the endpoint they came into
/// force through. Docker moves both to whichever network's name sorts first.
final class EndpointPlans {
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    private EndpointPlans() {}

    static String connect(Change.Connect asked, Draft draft, Situation situation) throws Mistake, EngineException {
        NetworkSpec network = Lookup.network(draft.specs(), asked.endpoint().network());
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (network.configOnly()) {
            throw NetworkMistakes.endpointOnConfiguration();
        }
        switch (network.driver()) {
            case HOST -> throw ContainerMistakes.hostNetwork();
            case NULL -> throw ContainerMistakes.noneNetwork();
            case BRIDGE, MACVLAN -> attach(network, sandbox, asked.endpoint(), draft, situation);
        }
        return "";
    }

    static String disconnect(Change.Disconnect asked, Draft draft) throws Mistake {
        NetworkSpec network = Lookup.network(draft.specs(), asked.network());
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (network.driver() == Driver.HOST && sandbox.usesHostNetwork()) {
            throw ContainerMistakes.hostNetwork();
        }
        if (network.driver() == Driver.NULL && sandbox.networkMode().equals(network.name())) {
            // After this it may be connected like any other.
            draft.put(sandbox.withNetworkMode("default"));
            return "";
        }
        detach(endpoint(network, sandbox, draft), draft);
        return "";
    }

    private static EndpointSpec endpoint(NetworkSpec network, SandboxSpec sandbox, Draft draft) throws Mistake {
        return draft.specs().endpointsOf(sandbox.id()).stream()
                .filter(candidate -> candidate.network().equals(network.id()))
                .findFirst()
                .orElseThrow(() -> ContainerMistakes.notConnected(sandbox.id(), network.name(), sandbox.running()));
    }

    static String updateAliases(Change.UpdateAliases asked, Draft draft) throws Mistake {
        NetworkSpec network = Lookup.network(draft.specs(), asked.network());
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        checkAliases(network, asked.aliases());
        draft.put(endpoint(network, sandbox, draft).withAliases(asked.aliases()));
        return "";
    }

    /// Gives the sandbox an endpoint on a bridge network, and its unbound ports that endpoint.
    static void attach(
            NetworkSpec network, SandboxSpec sandbox, EndpointRequest asked, Draft draft, Situation situation)
            throws Mistake, EngineException {
        List<PortSpec> unbound = PortPlans.unbound(sandbox.id(), draft.specs());
        EndpointSpec endpoint = plug(network, sandbox, asked, draft, situation);
        // Whoever can reach the parent's network reaches a macvlan link without the host.
        if (network.driver() == Driver.BRIDGE) {
            PortPlans.bind(unbound, endpoint, draft, situation);
        }
    }

    /// As [#attach], and leaves the ports alone.
    static EndpointSpec plug(
            NetworkSpec network, SandboxSpec sandbox, EndpointRequest asked, Draft draft, Situation situation)
            throws Mistake {
        return plug(network, sandbox, network.settings().interfacePrefix(), asked, draft, situation);
    }

    /// @param prefix of the link's name
    static EndpointSpec plug(
            NetworkSpec network,
            SandboxSpec sandbox,
            String prefix,
            EndpointRequest asked,
            Draft draft,
            Situation situation)
            throws Mistake {
        if (sandbox.networkMode().equals("none")) {
            throw ContainerMistakes.noneNetwork();
        }
        if (sandbox.usesHostNetwork() || sandbox.netnsOwner().isPresent()) {
            throw ContainerMistakes.sharesNetwork();
        }
        checkAliases(network, asked.aliases());
        List<EndpointSpec> others = draft.specs().endpointsOf(sandbox.id());
        if (others.stream().anyMatch(other -> other.network().equals(network.id()))) {
            throw ContainerMistakes.alreadyConnected(sandbox.name(), network.name());
        }
        List<Cidr> addresses = Addressing.addresses(network, asked, draft.specs());
        Optional<EndpointSpec> leading =
                others.stream().filter(EndpointSpec::defaultRoute).findFirst();
        boolean leads =
                !network.internal() && (leading.isEmpty() || leading.get().gatewayPriority() < asked.gatewayPriority());
        EndpointSpec endpoint = new EndpointSpec(
                situation.ids().next(),
                network.id(),
                sandbox.id(),
                nextInterface(prefix, others),
                addresses,
                asked.mac() == null ? MacAddress.fromIpv4(addresses.getFirst().address()) : mac(asked.mac()),
                asked.aliases(),
                leads,
                asked.gatewayPriority(),
                asked.address() != null,
                asked.address6() != null,
                asked.mac() != null);
        if (leads) {
            leading.ifPresent(other -> draft.put(other.withDefaultRoute(false)));
        }
        draft.put(endpoint);
        return endpoint;
    }

    private static MacAddress mac(String typed) throws Mistake {
        try {
            MacAddress mac = new MacAddress(typed.toLowerCase(Locale.ROOT).replace('-', ':'));
            if ((mac.bytes()[0] & 1) != 0) {
                throw AddressMistakes.groupMac(typed);
            }
            return mac;
        } catch (IllegalArgumentException e) {
            throw AddressMistakes.badMac(typed);
        }
    }

    /// Takes the endpoint away; its ports stay asked for, and the default route goes to the next oldest way
    /// out.
    static void detach(EndpointSpec endpoint, Draft draft) {
        draft.remove(endpoint.id());
        for (PortSpec port : draft.specs().portsOf(endpoint.sandbox())) {
            if (endpoint.id().equals(port.endpoint())) {
                draft.put(port.withEndpoint(null));
            }
        }
        if (endpoint.defaultRoute()) {
            draft.specs().endpointsOf(endpoint.sandbox()).stream()
                    .filter(other -> !draft.specs().network(other.network()).internal())
                    .reduce((first, second) -> second.gatewayPriority() > first.gatewayPriority() ? second : first)
                    .ifPresent(heir -> draft.put(heir.withDefaultRoute(true)));
        }
    }

    private static void checkAliases(NetworkSpec network, List<String> aliases) throws Mistake {
        if (network.predefined() && !aliases.isEmpty()) {
            throw ContainerMistakes.aliasOnDefaultBridge();
        }
        for (String alias : aliases) {
            if (!ALIAS.matcher(alias).matches()) {
                throw ContainerMistakes.invalid("invalid network alias: " + alias);
            }
        }
    }

    /// The number after the highest that any of the sandbox's links with this prefix has.
    private static String nextInterface(String prefix, List<EndpointSpec> others) {
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
