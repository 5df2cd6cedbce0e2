package dev.patchbay.engine.ruleset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Specs for tests, said in few words; ids count up, so that names of bridges are the same in every run.
public final class SpecSketch {
    private static final String HOSTILE = "a\nCOMMIT\n*nat\n:PWNED - [0:0]\n-A PREROUTING -j \"$(id)\" `id` '; % é";

    private final List<Spec> specs = new ArrayList<>();
    private int ids;

    /// @param flags any of `internal`, `noicc`, `nomasq`, and an IPv6 subnet
    public NetworkSpec network(String subnet, String... flags) {
        Id id = id();
        return add(network(id, Ownership.bridgeName(id), subnet, new HashSet<>(List.of(flags))));
    }

    public NetworkSpec defaultNetwork(String subnet) {
        return add(network(id(), "patchbay0", subnet, Set.of()));
    }

    /// A running sandbox with one place on a network. Every text a person could give is as bad as can be.
    public EndpointSpec sandboxOn(NetworkSpec network, String... addresses) {
        Id sandbox = id();
        add(new SandboxSpec(
                sandbox,
                HOSTILE,
                Instant.EPOCH,
                HOSTILE,
                new Workload.Web(),
                List.of(HOSTILE),
                "c1",
                "",
                List.of("A=" + HOSTILE),
                List.of(),
                Map.of(HOSTILE, HOSTILE),
                false,
                false,
                HOSTILE,
                HostSettings.DEFAULT,
                id(),
                id(),
                true,
                false));
        List<Cidr> inside = Stream.of(addresses).map(Cidr::of).toList();
        return add(new EndpointSpec(
                id(),
                network.id(),
                sandbox,
                "eth0",
                inside,
                MacAddress.fromIpv4(inside.getFirst().address()),
                List.of(HOSTILE),
                true,
                0,
                false,
                false,
                false));
    }

    /// @param published as `127.0.0.1:8080:80/udp`, or `8000:80-89/tcp` for a range that begins there
    public PortSpec port(EndpointSpec endpoint, String published, String... allowed) {
        return add(port(endpoint.sandbox(), endpoint.id(), published, allowed));
    }

    /// A port of another engine's container.
    ExternalPublishSpec forward(ExternalPublishSpec.@Nullable Target target, String published, String... allowed) {
        return add(new ExternalPublishSpec(port(id(), null, published, allowed), "unix:///run/docker.sock", target));
    }

    private PortSpec port(Id sandbox, @Nullable Id endpoint, String published, String... allowed) {
        String[] protocol = published.split("/", 2);
        int container = protocol[0].lastIndexOf(':');
        int host = protocol[0].lastIndexOf(':', container - 1);
        InetAddress address = InetAddress.ofLiteral(host < 0 ? "0.0.0.0" : protocol[0].substring(0, host));
        return new PortSpec(
                id(),
                sandbox,
                endpoint,
                Protocol.valueOf(protocol[1].toUpperCase(Locale.ROOT)),
                null,
                address,
                Integer.parseInt(protocol[0].substring(host + 1, container)),
                PortRange.of(protocol[0].substring(container + 1)),
                Stream.of(allowed).map(Cidr::of).toList(),
                false,
                null);
    }

    public Specs specs() {
        return Specs.of(specs);
    }

    /// In the order that the records have after the actions so far.
    public void become(Specs others) {
        specs.clear();
        specs.addAll(others.all());
    }

    /// The same network, its containers kept apart or let together.
    public static NetworkSpec turned(NetworkSpec old) {
        ObjectNode copy = Json.MAPPER.valueToTree(old);
        copy.withObject("/settings").put("icc", !old.icc());
        copy.put("internal", old.icc() && !old.internal());
        try {
            return Json.MAPPER.treeToValue(copy, NetworkSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public Ruleset rules() {
        return rules(Family.IPV4);
    }

    public Ruleset rules(Family family) {
        return Ruleset.of(family, specs());
    }

    public void remove(Spec spec) {
        specs.remove(spec);
    }

    public void replace(Spec old, Spec spec) {
        specs.set(specs.indexOf(old), spec);
    }

    private <T extends Spec> T add(T spec) {
        specs.add(spec);
        return spec;
    }

    private Id id() {
        ids++;
        return new Id("%012x".formatted(ids) + "0".repeat(52));
    }

    private static NetworkSpec network(Id id, String bridge, String subnet, Set<String> flags) {
        List<Pool> pools = Stream.concat(Stream.of(subnet), flags.stream().filter(flag -> flag.contains(":")))
                .map(Cidr::of)
                .map(pool -> new Pool(pool, pool.address(), null, Map.of(HOSTILE, pool.address()), true, false))
                .toList();
        return new NetworkSpec(
                id,
                HOSTILE,
                Instant.EPOCH,
                Driver.BRIDGE,
                bridge,
                pools,
                pools.size() > 1,
                flags.contains("internal"),
                false,
                settings(!flags.contains("noicc"), !flags.contains("nomasq")),
                false,
                List.of(),
                "",
                Map.of(HOSTILE, HOSTILE),
                Map.of(HOSTILE, HOSTILE),
                Map.of(HOSTILE, HOSTILE),
                false);
    }

    private static DriverSettings settings(boolean icc, boolean masquerade) {
        return new DriverSettings(icc, masquerade, null, null, 0, DriverSettings.INTERFACE_PREFIX, false, null, "");
    }
}
