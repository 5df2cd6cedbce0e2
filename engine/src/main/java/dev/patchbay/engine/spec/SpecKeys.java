package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The keys of a spec in [Specs]: its kind, its name, its owner, and the resources that it takes.
final class SpecKeys {
    static final String NETWORKS = "networks";
    static final String NETWORKS_WITH_IPV6 = "networks with IPv6";
    static final String SANDBOXES = "sandboxes";
    static final String ENDPOINTS = "endpoints";
    static final String PORTS = "ports";
    static final String EXTERNAL_PUBLISHES = "forwards";

    /// A range of host ports has a key for each block that it overlaps.
    private static final int PORT_BLOCK = 64;

    private SpecKeys() {}

    static List<String> keysOf(Spec spec) {
        List<String> words = new ArrayList<>();
        switch (spec) {
            case NetworkSpec network -> {
                words.add(NETWORKS);
                words.add(networksByName(network.name()));
                words.add(networksByBridge(network.bridge()));
                if (network.hasIpv6()) {
                    words.add(NETWORKS_WITH_IPV6);
                }
                network.pools()
                        .forEach(pool -> words.add(
                                networksBySubnet(pool.subnet(), pool.subnet().prefixLength())));
            }
            case SandboxSpec sandbox -> {
                words.add(SANDBOXES);
                words.add(sandboxesByName(sandbox.name()));
                if (sandbox.running() && sandbox.hasManagedNetns()) {
                    words.add(sandboxesByNetns(sandbox.namespaceId()));
                }
            }
            case EndpointSpec endpoint -> {
                words.add(ENDPOINTS);
                words.add(endpointsBySandbox(endpoint.sandbox()));
                words.add(endpointsByNetwork(endpoint.network()));
                endpoint.addresses()
                        .forEach(address -> words.add(endpointsByAddress(endpoint.network(), address.address())));
            }
            case PortSpec port -> {
                words.add(PORTS);
                words.add(portsBySandbox(port.sandbox()));
                if (port.endpoint() != null) {
                    words.add(portsByEndpoint(port.endpoint()));
                }
                words.addAll(portsByHostPort(port));
            }
            case ExternalPublishSpec forward -> {
                words.add(EXTERNAL_PUBLISHES);
                words.add(publishesByContainer(forward.containerId()));
                words.addAll(portsByHostPort(forward.port()));
                if (forward.target() != null) {
                    words.add(publishesByBridge(forward.target().bridge()));
                    forward.target()
                            .addresses()
                            .forEach(address -> words.add(publishesByFamily(Family.of(address.address()))));
                }
            }
        }
        return words;
    }

    static String networksByName(String name) {
        return "network " + name;
    }

    static String networksByBridge(String bridge) {
        return "bridge " + bridge;
    }

    static String sandboxesByName(String name) {
        return "sandbox " + name;
    }

    static String sandboxesByNetns(Id namespace) {
        return netnsPrefix(namespace.value());
    }

    static String netnsPrefix(String id) {
        return "in namespace " + id;
    }

    static String endpointsBySandbox(Id sandbox) {
        return "endpoints of " + sandbox;
    }

    static String endpointsByNetwork(Id network) {
        return "endpoints on " + network;
    }

    static String endpointsByAddress(Id network, InetAddress address) {
        return "address " + HexFormat.of().formatHex(address.getAddress()) + " on " + network;
    }

    static String portsBySandbox(Id sandbox) {
        return "ports of " + sandbox;
    }

    static String portsByEndpoint(Id endpoint) {
        return "ports through " + endpoint;
    }

    static String publishesByContainer(Id owner) {
        return "forwards of " + owner;
    }

    static String publishesByFamily(Family family) {
        return "forwards in force in " + family;
    }

    static String publishesByBridge(String bridge) {
        return "forwards through " + bridge;
    }

    static List<String> portsByHostPort(PortSpec port) {
        List<String> words = new ArrayList<>();
        PortRange ports = port.hostPorts();
        for (int block = ports.first() / PORT_BLOCK; block <= ports.last() / PORT_BLOCK; block++) {
            words.add("host ports " + port.protocol() + " " + block);
        }
        return words;
    }

    /// The key of the first `length` bits of this subnet's prefix.
    static String networksBySubnet(Cidr subnet, int length) {
        return family(subnet) + hex(new Cidr(subnet.address(), length).network()) + "/" + length;
    }

    /// Sorts before all subnets within this one.
    static String firstKeyWithin(Cidr subnet) {
        return family(subnet) + hex(subnet.network());
    }

    /// Sorts after all subnets within this one.
    static String lastKeyWithin(Cidr subnet) {
        byte[] last = subnet.network().address().getAddress();
        for (int bit = subnet.prefixLength(); bit < last.length * 8; bit++) {
            last[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return family(subnet) + HexFormat.of().formatHex(last) + "~";
    }

    private static String family(Cidr subnet) {
        return subnet.isIpv4() ? "subnet 4 " : "subnet 6 ";
    }

    private static String hex(Cidr network) {
        return HexFormat.of().formatHex(network.address().getAddress());
    }
}
