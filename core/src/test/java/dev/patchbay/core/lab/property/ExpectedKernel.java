package dev.patchbay.core.lab.property;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the kernel has to have of a world; the names of links, which are made of random ids, are taken from the
/// records.
final class ExpectedKernel {
    private static final int STANDARD_MTU = 1500;

    private final ModelHost world;
    private final Topology topology;
    private final List<String> facts = new ArrayList<>();
    /// Two mappings of one container port have some in common.
    private final Set<String> rules = new TreeSet<>();

    private ExpectedKernel(ModelHost world, Topology topology) {
        this.world = world;
        this.topology = topology;
    }

    static List<String> of(ModelHost world, Topology topology) {
        ExpectedKernel wanted = new ExpectedKernel(world, topology);
        Set<String> bridges = new TreeSet<>();
        Set<String> bridges6 = new TreeSet<>();
        for (ModelNetwork net : world.nets.values()) {
            String bridge = wanted.network(net);
            if (!net.predefined()) {
                bridges.add(bridge);
            }
            if (net.hasIpv6()) {
                bridges6.add(bridge);
            }
        }
        for (ModelContainer box : world.boxes.values()) {
            if (box.running()) {
                wanted.container(box);
            }
        }
        wanted.facts.add("4 rules about " + bridges);
        wanted.facts.add("6 rules about " + bridges6);
        wanted.facts.addAll(wanted.rules);
        wanted.facts.sort(null);
        return wanted.facts;
    }

    private String network(ModelNetwork net) {
        String bridge = named(net).bridge();
        Set<String> addresses =
                new TreeSet<>(Set.of(net.subnet().gateway() + "/" + net.subnet().length()));
        facts.add("route " + net.subnet() + " dev " + bridge);
        rules("4", net, net.subnet().toString(), bridge);
        if (net.hasIpv6()) {
            addresses.add(net.gateway6() + "/64");
            facts.add("route " + net.prefix6() + "::/64 dev " + bridge);
            rules("6", net, net.prefix6() + "::/64", bridge);
        }
        facts.add("link " + bridge + " mtu " + mtu(net) + " in - " + addresses);
        return bridge;
    }

    private void rules(String family, ModelNetwork net, String subnet, String bridge) {
        facts.add(family + " filter -A PATCHBAY-FORWARD -i " + bridge + " -o " + bridge + " -j "
                + (net.icc() ? "ACCEPT" : "DROP"));
        if (net.internal()) {
            String in = family.equals("6") ? " ! -i " + bridge : "";
            String out = family.equals("6") ? " ! -o " + bridge : "";
            String stage = family + " filter -A PATCHBAY-ISOLATION-STAGE-1 ";
            facts.add(stage + "! -s " + subnet + in + " -o " + bridge + " -j DROP");
            facts.add(stage + "! -d " + subnet + " -i " + bridge + out + " -j DROP");
        } else if (net.masquerade()) {
            facts.add(family + " nat -A PATCHBAY-POSTROUTING -s " + subnet + " ! -o " + bridge + " -j MASQUERADE");
        }
    }

    private void container(ModelContainer box) {
        if (box.mode().equals("host")) {
            return;
        }
        Set<String> inside = new TreeSet<>();
        for (ModelEndpoint place : box.places()) {
            ModelNetwork net = world.net(place.net());
            String link = "eth" + place.link();
            Set<String> addresses =
                    new TreeSet<>(Set.of(place.address() + "/" + net.subnet().length()));
            if (!place.address6().isEmpty()) {
                addresses.add(place.address6() + "/64");
            }
            inside.add(link + " " + mac(place.address()) + " mtu " + mtu(net) + " " + addresses);
            if (place.route()) {
                inside.add("default " + net.subnet().gateway() + " " + link);
                if (net.hasIpv6()) {
                    inside.add("default " + net.gateway6() + " " + link);
                }
            }
            facts.add("link " + endpoint(box, net).hostInterface() + " mtu " + mtu(net) + " in "
                    + named(net).bridge() + " []");
        }
        facts.add("inside " + inside);
        for (ModelPort port : box.bound()) {
            ModelEndpoint place = box.places().stream()
                    .filter(one -> Integer.valueOf(one.net()).equals(port.net()))
                    .findFirst()
                    .orElseThrow();
            port("4", port, place.address(), named(world.net(place.net())).bridge());
            if (port.host().isEmpty() && !place.address6().isEmpty()) {
                port("6", port, place.address6(), named(world.net(place.net())).bridge());
            }
        }
    }

    private void port(String family, ModelPort port, String address, String bridge) {
        String single = address + (family.equals("4") ? "/32" : "/128");
        String protocol = "-p " + port.protocol() + " -m " + port.protocol() + " --dport ";
        String inside = protocol + port.inside().toString().replace('-', ':');
        rules.add(family + " filter -A PATCHBAY -d " + single + " ! -i " + bridge + " -o " + bridge + " " + inside
                + " -j ACCEPT");
        rules.add(family + " nat -A PATCHBAY-POSTROUTING -s " + single + " -d " + single + " " + inside
                + " -j MASQUERADE");
        if (!port.allowed().isEmpty() || port.host().equals("127.0.0.1")) {
            rules.add(family + " filter -A PATCHBAY -d " + single + " ! -i " + bridge + " -o " + bridge + " " + inside
                    + " -m conntrack ! --ctstate DNAT -j DROP");
        }
        String to = port.host().isEmpty() ? "" : "-d " + port.host() + "/32 ";
        String outside = " --dport " + port.outside().toString().replace('-', ':') + " -j DNAT --to-destination "
                + target(family, port, address);
        String matched = "-p " + port.protocol() + " -m " + port.protocol();
        if (port.allowed().isEmpty()) {
            rules.add(family + " nat -A PATCHBAY " + to + matched + outside);
            return;
        }
        rules.add(family + " nat -A PATCHBAY " + to + "-p " + port.protocol() + " -m addrtype --src-type LOCAL -m "
                + port.protocol() + outside);
        for (Cidr source : port.allowed()) {
            if (source.isIpv4() == family.equals("4")) {
                rules.add(family + " nat -A PATCHBAY -s " + source + " " + to + matched + outside);
            }
        }
    }

    private static String target(String family, ModelPort port, String address) {
        String host = family.equals("4") ? address : "[" + address + "]";
        if (port.inside().size() == 1) {
            return host + ":" + port.inside().first();
        }
        return port.inside().equals(port.outside())
                ? address
                : host + ":" + port.inside() + "/" + port.outside().first();
    }

    private static String mac(String address) {
        return String.format("02:42:%08x", ModelSubnet.number(address))
                .replaceAll("(?<=:..)(..)(..)(..)$", ":$1:$2:$3");
    }

    private static int mtu(ModelNetwork net) {
        return net.mtu() == 0 ? STANDARD_MTU : net.mtu();
    }

    private Network named(ModelNetwork net) {
        return topology.networks().stream()
                .filter(network -> network.name().equals(net.name()))
                .findFirst()
                .orElseThrow();
    }

    private Endpoint endpoint(ModelContainer box, ModelNetwork net) {
        Id network = named(net).id();
        return topology.containers().stream()
                .filter(container -> container.name().equals(box.name()))
                .flatMap(container -> Stream.ofNullable(container.endpointOn(network)))
                .findFirst()
                .orElseThrow();
    }

    /// The model as the records should have it.
    static List<String> records(ModelHost world) {
        List<String> lines = new ArrayList<>(List.of("network host", "network none"));
        for (ModelNetwork net : world.nets.values()) {
            lines.add("network " + net.name() + " " + net.subnet() + " gateway "
                    + net.subnet().gateway() + " internal=" + net.internal() + " up=true labels=" + net.labels());
        }
        for (ModelContainer box : world.boxes.values()) {
            String name = box.name();
            lines.add("container " + name + " running=" + box.running() + " restart=" + box.restart());
            for (ModelEndpoint place : box.places()) {
                ModelNetwork net = world.net(place.net());
                lines.add("place " + name + " " + net.name() + " eth" + place.link() + " " + place.address() + "/"
                        + net.subnet().length() + " route=" + place.route() + " attached=" + box.running());
            }
            for (ModelPort port : box.ports()) {
                boolean bound = port.net() != null;
                lines.add("port " + name + " " + port.protocol() + " "
                        + (port.host().isEmpty() ? "0.0.0.0" : port.host()) + ":" + port.outside() + " -> "
                        + port.inside() + " " + port.allowed() + " through "
                        + (port.net() == null ? "-" : world.net(port.net()).name()) + " force="
                        + (bound && box.running()));
            }
        }
        lines.sort(null);
        return lines;
    }

    /// The records.
    static List<String> records(Topology topology) {
        List<String> lines = new ArrayList<>();
        for (Network net : topology.networks()) {
            lines.add("network " + net.name()
                    + (net.bridge().isEmpty()
                            ? ""
                            : " " + net.subnet() + " gateway "
                                    + (net.gateway() == null
                                            ? "-"
                                            : net.gateway().getHostAddress()) + " internal="
                                    + net.internal() + " up=" + net.bridgeUp() + " labels=" + net.labels()));
        }
        for (Container container : topology.containers()) {
            String name = container.name();
            lines.add("container " + name + " running=" + container.running() + " restart=" + container.restart());
            container
                    .endpoints()
                    .forEach(place -> lines.add("place " + name + " " + name(topology, place) + " "
                            + place.interfaceName() + " " + place.address() + " route=" + place.defaultRoute()
                            + " attached=" + place.attached()));
            container
                    .ports()
                    .forEach(port -> lines.add("port " + name + " " + port.protocol() + " "
                            + port.hostAddress().getHostAddress() + ":" + port.hostPorts() + " -> "
                            + port.containerPorts() + " " + port.allowed() + " through "
                            + container.endpoints().stream()
                                    .filter(place -> place.id().equals(port.endpoint()))
                                    .map(place -> name(topology, place))
                                    .findFirst()
                                    .orElse("-")
                            + " force=" + port.inForce()));
        }
        lines.sort(null);
        return lines;
    }

    private static String name(Topology topology, Endpoint place) {
        Network network = topology.network(place.network());
        return network == null ? "?" : network.name();
    }
}
