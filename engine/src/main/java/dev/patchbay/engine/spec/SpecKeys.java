package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The words that a spec is found under in [Specs]: its kind, its name, and what it belongs to or takes.
final class SpecKeys {
    static final String NETWORKS = "networks";
    static final String IPV6_NETWORKS = "networks with IPv6";
    static final String SANDBOXES = "sandboxes";
    static final String ENDPOINTS = "endpoints";
    static final String PORTS = "ports";
    static final String FORWARDS = "forwards";

    /// A range of host ports is found under each block that it touches.
    private static final int PORT_BLOCK = 64;

    private SpecKeys() {}

    static List<String> under(Spec spec) {
        List<String> words = new ArrayList<>();
        switch (spec) {
            case NetworkSpec network -> {
                words.add(NETWORKS);
                words.add(networkNamed(network.name()));
                words.add(bridge(network.bridge()));
                if (network.hasIpv6()) {
                    words.add(IPV6_NETWORKS);
                }
                network.pools()
                        .forEach(pool ->
                                words.add(subnet(pool.subnet(), pool.subnet().prefixLength())));
            }
            case SandboxSpec sandbox -> {
                words.add(SANDBOXES);
                words.add(sandboxNamed(sandbox.name()));
                if (sandbox.running() && sandbox.hasNamespace()) {
                    words.add(namespace(sandbox.namespaceId()));
                }
            }
            case EndpointSpec endpoint -> {
                words.add(ENDPOINTS);
                words.add(endpointsOf(endpoint.sandbox()));
                words.add(endpointsOn(endpoint.network()));
                endpoint.addresses().forEach(address -> words.add(address(endpoint.network(), address.address())));
            }
            case PortSpec port -> {
                words.add(PORTS);
                words.add(portsOf(port.sandbox()));
                if (port.endpoint() != null) {
                    words.add(portsThrough(port.endpoint()));
                }
                words.addAll(hostPorts(port));
            }
            case ExternalPublishSpec forward -> {
                words.add(FORWARDS);
                words.add(forwardsOf(forward.owner()));
                words.addAll(hostPorts(forward.port()));
                if (forward.target() != null) {
                    words.add(forwardsThrough(forward.target().bridge()));
                    forward.target()
                            .addresses()
                            .forEach(address -> words.add(forwardsIn(Family.of(address.address()))));
                }
            }
        }
        return words;
    }

    static String networkNamed(String name) {
        return "network " + name;
    }

    static String bridge(String bridge) {
        return "bridge " + bridge;
    }

    static String sandboxNamed(String name) {
        return "sandbox " + name;
    }

    static String namespace(Id namespace) {
        return namespaceStarts(namespace.value());
    }

    static String namespaceStarts(String id) {
        return "in namespace " + id;
    }

    static String endpointsOf(Id sandbox) {
        return "endpoints of " + sandbox;
    }

    static String endpointsOn(Id network) {
        return "endpoints on " + network;
    }

    static String address(Id network, InetAddress address) {
        return "address " + HexFormat.of().formatHex(address.getAddress()) + " on " + network;
    }

    static String portsOf(Id sandbox) {
        return "ports of " + sandbox;
    }

    static String portsThrough(Id endpoint) {
        return "ports through " + endpoint;
    }

    static String forwardsOf(Id owner) {
        return "forwards of " + owner;
    }

    static String forwardsIn(Family family) {
        return "forwards in force in " + family;
    }

    static String forwardsThrough(String bridge) {
        return "forwards through " + bridge;
    }

    static List<String> hostPorts(PortSpec port) {
        List<String> words = new ArrayList<>();
        PortRange ports = port.hostPorts();
        for (int block = ports.first() / PORT_BLOCK; block <= ports.last() / PORT_BLOCK; block++) {
            words.add("host ports " + port.protocol() + " " + block);
        }
        return words;
    }

    /// The part of this subnet's prefix that is `length` bits long.
    static String subnet(Cidr subnet, int length) {
        return family(subnet) + digits(new Cidr(subnet.address(), length).network()) + "/" + length;
    }

    /// Sorts before every subnet within this one.
    static String startOf(Cidr subnet) {
        return family(subnet) + digits(subnet.network());
    }

    /// Sorts behind every subnet within this one.
    static String endOf(Cidr subnet) {
        byte[] last = subnet.network().address().getAddress();
        for (int bit = subnet.prefixLength(); bit < last.length * 8; bit++) {
            last[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return family(subnet) + HexFormat.of().formatHex(last) + "~";
    }

    private static String family(Cidr subnet) {
        return subnet.isIpv4() ? "subnet 4 " : "subnet 6 ";
    }

    private static String digits(Cidr network) {
        return HexFormat.of().formatHex(network.address().getAddress());
    }
}
