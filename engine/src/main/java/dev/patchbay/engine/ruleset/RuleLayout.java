package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which rules each object has: those of Docker 20.10 with `--userland-proxy=false`, in chains of our own names,
/// one of our own per network in the table `raw`, and [#RETURN_PUBLISHED]. Pure functions; the rules of one object
/// are in the order they are read, from the top of a chain down.
public final class RuleLayout {
    /// What the names of all chains of ours begin with.
    public static final String PREFIX = "PATCHBAY";
    /// In `nat`: to which container a published port leads. In `filter`: what may come in through one.
    public static final String PUBLISHED_PORTS = PREFIX;
    /// What leaves a network's bridge for another link goes on to [#STAGE_2].
    public static final String STAGE_1 = PREFIX + "-ISOLATION-STAGE-1";
    /// What came from one network's bridge does not enter another's.
    public static final String STAGE_2 = PREFIX + "-ISOLATION-STAGE-2";
    /// Left to the person: whatever is in there besides its closing rule is kept.
    public static final String USER = PREFIX + "-USER";

    /// In any table, for a moment: where new rules wait until they come into force. Nothing leads there.
    public static final String STAGING = PREFIX + "-DRAFT";

    /// Docker's chain for what a person wants, as [#USER] is ours.
    public static final String DOCKER_USER = "DOCKER-USER";
    /// What drops packets that Docker published no port for, up to Docker 27 and since: `FORWARD` leads there first.
    public static final Set<String> DOCKER_TOP_JUMPS = Set.of("-j DOCKER-ISOLATION-STAGE-1", "-j DOCKER-FORWARD");

    public static final String RAW = "raw";
    public static final String FILTER = "filter";
    public static final String NAT = "nat";

    /// What was sent to a published port of this host is let past the isolation of networks, and so are the answers.
    /// With Docker's proxy such a connection ends on the host and starts anew there, so a container reaches what
    /// other networks publish; with rules alone the packet is forwarded from bridge to bridge.
    static final String RETURN_PUBLISHED = "-m conntrack --ctstate DNAT -j RETURN";

    private RuleLayout() {}

    /// The chains that must exist before any rule.
    public static List<Chain> chains(Family family) {
        return List.of(
                new Chain(family, FILTER, PUBLISHED_PORTS),
                new Chain(family, FILTER, STAGE_1),
                new Chain(family, FILTER, STAGE_2),
                new Chain(family, FILTER, USER),
                new Chain(family, NAT, PUBLISHED_PORTS));
    }

    /// The rules that are there when no network is.
    public static List<Rule> baseRules(Family family) {
        return List.of(
                head(family, FILTER, "FORWARD", "-j " + USER),
                head(family, FILTER, "FORWARD", "-j " + STAGE_1),
                tail(family, FILTER, STAGE_1, "-j RETURN"),
                head(family, FILTER, STAGE_2, RETURN_PUBLISHED),
                tail(family, FILTER, STAGE_2, "-j RETURN"),
                tail(family, FILTER, USER, "-j RETURN"),
                tail(family, NAT, "PREROUTING", "-m addrtype --dst-type LOCAL -j " + PUBLISHED_PORTS),
                tail(
                        family,
                        NAT,
                        "OUTPUT",
                        excludeOwnLoopback(family) + "-m addrtype --dst-type LOCAL -j " + PUBLISHED_PORTS));
    }

    /// The rules of a network; none unless a bridge carries it.
    public static List<Rule> of(Family family, NetworkSpec network) {
        List<Rule> rules = new ArrayList<>();
        if (network.driver() != Driver.BRIDGE) {
            return rules;
        }
        for (Pool pool : network.pools()) {
            if (family.includes(pool.subnet().address())) {
                rules.addAll(loopbackGuard(family, network.bridge()));
                rules.addAll(
                        network.internal()
                                ? internalNetwork(family, network, pool.subnet().network())
                                : openNetwork(family, network, pool.subnet().network()));
                rules.add(interContainer(family, network));
            }
        }
        return rules;
    }

    /// The rules of a published port; none when the endpoint has no address of this family, or the host address is of
    /// another one.
    public static List<Rule> of(Family family, PortSpec port, EndpointSpec endpoint, NetworkSpec network) {
        Cidr inside = endpoint.addresses().stream()
                .filter(address -> family.includes(address.address()))
                .findFirst()
                .orElse(null);
        if (inside == null || network.driver() != Driver.BRIDGE) {
            return List.of();
        }
        return port.hostAddresses(endpoint).stream()
                .filter(family::includes)
                .flatMap(address -> new PublishedPortRules(family, port.withBinding(address), network, inside.address())
                        .rules().stream())
                .toList();
    }

    /// A port published on 127.0.0.1 needs `route_localnet` on the bridge, and with that alone a container
    /// could send packets to services that listen on the host's loopback only. Answers through such a port are
    /// not disturbed: what goes to the container has its loopback source masqueraded, so its answer is
    /// addressed to the bridge's own address when it passes `raw`, which is before connection tracking turns it
    /// back.
    private static List<Rule> loopbackGuard(Family family, String bridge) {
        return switch (family) {
            case IPV4 ->
                List.of(head(
                        family, RAW, "PREROUTING", "-d " + family.loopbackPrefix() + " -i " + bridge + " -j DROP"));
            // The kernel itself lets no packet for ::1 in from another link.
            case IPV6 -> List.of();
        };
    }

    /// With no proxy process, the host's own connections to 127.0.0.1 are translated as well. Those to `::1`
    /// cannot be: IPv6 has no `route_localnet`, and the answer would be dropped. Left alone they are refused at
    /// once, so that a client that tries both addresses of `localhost` goes on to 127.0.0.1 without a wait.
    static String excludeOwnLoopback(Family family) {
        return switch (family) {
            case IPV4 -> "";
            case IPV6 -> "! -d " + family.loopbackPrefix() + " ";
        };
    }

    private static List<Rule> openNetwork(Family family, NetworkSpec network, Cidr subnet) {
        String bridge = network.bridge();
        String leaving = snatTarget(family, network);
        List<Rule> rules = new ArrayList<>(List.of(
                head(
                        family,
                        FILTER,
                        "FORWARD",
                        "-o " + bridge + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"),
                head(family, FILTER, "FORWARD", "-o " + bridge + " -j " + PUBLISHED_PORTS),
                head(family, FILTER, "FORWARD", "-i " + bridge + " ! -o " + bridge + " -j ACCEPT"),
                head(family, FILTER, STAGE_1, "-i " + bridge + " ! -o " + bridge + " -j " + STAGE_2),
                head(family, FILTER, STAGE_2, "-o " + bridge + " -j DROP"),
                head(family, NAT, "POSTROUTING", "-o " + bridge + " -m addrtype --src-type LOCAL " + leaving)));
        if (network.masquerade()) {
            rules.add(head(family, NAT, "POSTROUTING", "-s " + subnet + " ! -o " + bridge + " " + leaving));
        }
        return rules;
    }

    /// With which address of the host packets go on.
    private static String snatTarget(Family family, NetworkSpec network) {
        InetAddress source = network.settings().source();
        return source != null && family.includes(source)
                ? "-j SNAT --to-source " + Addresses.format(source)
                : "-j MASQUERADE";
    }

    private static List<Rule> internalNetwork(Family family, NetworkSpec network, Cidr subnet) {
        String bridge = network.bridge();
        // Neighbours find each other by IPv6 packets of other addresses, and where bridged packets are filtered these
        // come by here too; Docker drops them.
        String in = family == Family.IPV6 ? " ! -i " + bridge : "";
        String out = family == Family.IPV6 ? " ! -o " + bridge : "";
        return List.of(
                head(family, FILTER, STAGE_1, "! -s " + subnet + in + " -o " + bridge + " -j DROP"),
                head(family, FILTER, STAGE_1, "! -d " + subnet + " -i " + bridge + out + " -j DROP"));
    }

    private static Rule interContainer(Family family, NetworkSpec network) {
        String pair = "-i " + network.bridge() + " -o " + network.bridge();
        return network.icc()
                ? head(family, FILTER, "FORWARD", pair + " -j ACCEPT")
                : tail(family, FILTER, "FORWARD", pair + " -j DROP");
    }
}
