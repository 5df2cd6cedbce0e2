package dev.patchbay.engine.ruleset;

import static dev.patchbay.engine.rule.RuleSpec.match;
import static dev.patchbay.engine.ruleset.Rule.head;
import static dev.patchbay.engine.ruleset.Rule.tail;

import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.RuleSpec;
import dev.patchbay.engine.rule.Table;
import dev.patchbay.engine.rule.Target;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rules of each object: those of Docker 20.10 with `--userland-proxy=false`, in chains of our own
/// behind one jump from each built-in chain, one rule of our own per network in the table `raw`, and
/// [#RETURN_PUBLISHED]. Pure functions; the rules of one object are in the order of the chain, from its
/// top.
public final class RuleLayout {
    /// Docker's chain for the user's own rules; ours is [OwnChain#USER].
    public static final String DOCKER_USER = "DOCKER-USER";
    /// The jumps at the top of `FORWARD` to the chains that drop packets to unpublished ports, up to
    /// Docker 27 and since.
    public static final Set<String> DOCKER_TOP_JUMPS = Set.of("-j DOCKER-ISOLATION-STAGE-1", "-j DOCKER-FORWARD");

    /// Packets to a published port of this host bypass the isolation of networks, and so do the answers.
    /// With Docker's proxy such a connection ends on the host, and a new one begins there, so a
    /// container reaches ports that other networks publish. With rules alone the packet is forwarded
    /// from bridge to bridge.
    static final RuleSpec RETURN_PUBLISHED = match().dnat().returns();

    private RuleLayout() {}

    static Chain forward(Family family) {
        return Chain.builtIn(family, Table.FILTER, "FORWARD");
    }

    static Chain prerouting(Family family) {
        return Chain.builtIn(family, Table.NAT, "PREROUTING");
    }

    static Chain output(Family family) {
        return Chain.builtIn(family, Table.NAT, "OUTPUT");
    }

    static Chain postrouting(Family family) {
        return Chain.builtIn(family, Table.NAT, "POSTROUTING");
    }

    /// The chains that must exist before any rule.
    static List<Chain> chains(Family family) {
        return Stream.of(
                        OwnChain.LOOPBACK,
                        OwnChain.FORWARD,
                        OwnChain.PUBLISHED,
                        OwnChain.ISOLATION_1,
                        OwnChain.ISOLATION_2,
                        OwnChain.ISOLATION_3,
                        OwnChain.USER,
                        OwnChain.DNAT,
                        OwnChain.POSTROUTING)
                .filter(chain -> chain != OwnChain.LOOPBACK || hasLoopbackGuard(family))
                .map(chain -> chain.in(family))
                .toList();
    }

    /// The rules that exist without any network. The rules of networks and ports are behind the jumps,
    /// so changing them neither reads nor writes a chain that other programs use.
    static List<Rule> baseRules(Family family) {
        List<Rule> rules = new ArrayList<>();
        if (hasLoopbackGuard(family)) {
            rules.add(head(Chain.builtIn(family, Table.RAW, "PREROUTING"), match().jump(OwnChain.LOOPBACK)));
        }
        rules.addAll(List.of(
                head(forward(family), match().jump(OwnChain.USER)),
                head(forward(family), match().jump(OwnChain.ISOLATION_1)),
                head(forward(family), match().jump(OwnChain.FORWARD)),
                tail(family, OwnChain.ISOLATION_1, match().returns()),
                head(family, OwnChain.ISOLATION_2, RETURN_PUBLISHED),
                tail(family, OwnChain.ISOLATION_2, match().jump(OwnChain.ISOLATION_3)),
                tail(family, OwnChain.ISOLATION_3, match().returns()),
                tail(family, OwnChain.USER, match().returns()),
                tail(prerouting(family), match().toHost().jump(OwnChain.DNAT)),
                tail(output(family), fromThisHost(family).jump(OwnChain.DNAT)),
                head(postrouting(family), match().jump(OwnChain.POSTROUTING))));
        return rules;
    }

    /// The kernel itself drops packets to ::1 from other links.
    private static boolean hasLoopbackGuard(Family family) {
        return family == Family.IPV4;
    }

    /// The rules of a network; empty unless it has a bridge.
    public static List<Rule> of(Family family, NetworkSpec network) {
        List<Rule> rules = new ArrayList<>();
        if (network.driver() != Driver.BRIDGE) {
            return rules;
        }
        for (Pool pool : network.pools()) {
            if (family.includes(pool.subnet().address())) {
                if (hasLoopbackGuard(family)) {
                    rules.add(loopbackGuard(family, network.bridge()));
                }
                rules.addAll(
                        network.internal()
                                ? internalNetwork(family, network, pool.subnet().network())
                                : openNetwork(family, network, pool.subnet().network()));
                rules.add(interContainer(family, network));
            }
        }
        return rules;
    }

    /// The rules of a published port; empty when the endpoint has no address of this family, or the host
    /// address has another one.
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
                .flatMap(address ->
                        PublishedPortRules.of(family, port.withBinding(address), network, inside.address()).stream())
                .toList();
    }

    /// A port published on 127.0.0.1 needs `route_localnet` on the bridge. With that alone a container
    /// could send packets to services that listen only on the host's loopback; this rule drops them.
    /// Answers through such a port are not affected: packets to the container have their loopback source
    /// masqueraded, so its answer goes to the bridge's address when it passes `raw`, which is before
    /// connection tracking translates it back.
    private static Rule loopbackGuard(Family family, String bridge) {
        return head(
                family,
                OwnChain.LOOPBACK,
                match().to(family.loopbackPrefix()).in(bridge).drop());
    }

    /// Packets from the host to itself. Without a proxy process its connections to 127.0.0.1 are
    /// translated as well. Those to `::1` cannot be: IPv6 has no `route_localnet`, and the answer would
    /// be dropped. Without a rule they are refused at once, so that a client that tries both addresses
    /// of `localhost` continues with 127.0.0.1 without a delay.
    static RuleSpec.Builder fromThisHost(Family family) {
        return switch (family) {
            case IPV4 -> match().toHost();
            case IPV6 -> match().notTo(family.loopbackPrefix()).toHost();
        };
    }

    private static List<Rule> openNetwork(Family family, NetworkSpec network, Cidr subnet) {
        String bridge = network.bridge();
        Target leaving = snatTarget(family, network);
        List<Rule> rules = new ArrayList<>(List.of(
                head(family, OwnChain.FORWARD, match().out(bridge).established().accept()),
                head(family, OwnChain.FORWARD, match().out(bridge).jump(OwnChain.PUBLISHED)),
                head(family, OwnChain.FORWARD, match().in(bridge).notOut(bridge).accept()),
                head(
                        family,
                        OwnChain.ISOLATION_1,
                        match().in(bridge).notOut(bridge).jump(OwnChain.ISOLATION_2)),
                head(family, OwnChain.ISOLATION_3, match().out(bridge).drop()),
                head(
                        family,
                        OwnChain.POSTROUTING,
                        match().out(bridge).fromHost().then(leaving))));
        if (network.masquerade()) {
            rules.add(head(
                    family,
                    OwnChain.POSTROUTING,
                    match().from(subnet).notOut(bridge).then(leaving)));
        }
        return rules;
    }

    /// The target that sets the source address of outgoing packets.
    private static Target snatTarget(Family family, NetworkSpec network) {
        InetAddress source = network.settings().source();
        return source != null && family.includes(source) ? new Target.Snat(source) : new Target.Masquerade();
    }

    private static List<Rule> internalNetwork(Family family, NetworkSpec network, Cidr subnet) {
        String bridge = network.bridge();
        RuleSpec.Builder in = match().notFrom(subnet).out(bridge);
        RuleSpec.Builder out = match().notTo(subnet).in(bridge);
        // Neighbour discovery of IPv6 uses link-local and multicast addresses, and with bridge-nf-call
        // these packets pass here too. Docker drops them.
        return List.of(
                head(family, OwnChain.ISOLATION_1, (family == Family.IPV6 ? in.notIn(bridge) : in).drop()),
                head(family, OwnChain.ISOLATION_1, (family == Family.IPV6 ? out.notOut(bridge) : out).drop()));
    }

    private static Rule interContainer(Family family, NetworkSpec network) {
        RuleSpec.Builder pair = match().in(network.bridge()).out(network.bridge());
        return network.icc()
                ? head(family, OwnChain.FORWARD, pair.accept())
                : tail(family, OwnChain.FORWARD, pair.drop());
    }
}
