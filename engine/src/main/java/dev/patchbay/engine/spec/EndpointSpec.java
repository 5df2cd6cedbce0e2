package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The connection of one sandbox to one network: a veth pair, addresses and a MAC.
///
/// @param interfaceName of the inner end, `eth0`; for a sandbox of somebody else its name until the
///     owner moves it
/// @param addresses with the subnet's prefix length, at most one per family
/// @param defaultRoute whether the sandbox's default route leads through this endpoint
/// @param gatewayPriority of `--gw-priority`; the highest one has the default route
/// @param staticIpv4 whether the person chose the IPv4 address (`IPAMConfig` in inspect)
/// @param staticIpv6 whether the person chose the IPv6 address
/// @param macGiven whether the person chose the MAC
public record EndpointSpec(
        Id id,
        Id network,
        Id sandbox,
        String interfaceName,
        List<Cidr> addresses,
        MacAddress mac,
        List<String> aliases,
        boolean defaultRoute,
        int gatewayPriority,
        boolean staticIpv4,
        boolean staticIpv6,
        boolean macGiven)
        implements Spec {
    private static final Pattern INTERFACE_NAME = Pattern.compile("[a-z][a-z0-9]{0,14}");

    public EndpointSpec {
        addresses = List.copyOf(addresses);
        aliases = List.copyOf(aliases);
        if (!INTERFACE_NAME.matcher(interfaceName).matches() || !LinkName.isValid(interfaceName)) {
            throw new IllegalArgumentException("not an interface name: " + interfaceName);
        }
    }

    /// Kernel name of the outer end.
    public String hostInterface() {
        return Ownership.hostInterface(id);
    }

    public @Nullable Cidr ipv4() {
        return addresses.stream().filter(Cidr::isIpv4).findFirst().orElse(null);
    }

    public @Nullable Cidr ipv6() {
        return addresses.stream()
                .filter(address -> !address.isIpv4())
                .findFirst()
                .orElse(null);
    }

    /// The same endpoint, with or without the sandbox's default route.
    public EndpointSpec withDefaultRoute(boolean here) {
        return with(aliases, here);
    }

    /// The same endpoint with other names.
    public EndpointSpec withAliases(List<String> names) {
        return with(names, defaultRoute);
    }

    /// The same endpoint of another sandbox.
    public EndpointSpec withSandbox(Id other) {
        return with(other, aliases, defaultRoute);
    }

    private EndpointSpec with(List<String> names, boolean leads) {
        return with(sandbox, names, leads);
    }

    private EndpointSpec with(Id whose, List<String> names, boolean leads) {
        return new EndpointSpec(
                id,
                network,
                whose,
                interfaceName,
                addresses,
                mac,
                names,
                leads,
                gatewayPriority,
                staticIpv4,
                staticIpv6,
                macGiven);
    }
}
