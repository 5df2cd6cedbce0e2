package dev.patchbay.app.canvas;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.Protocol;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds topologies for tests, with ids that follow from the names. */
public final class TestTopologyBuilder {
    private static final Instant CREATED = Instant.parse("2022-10-05T03:00:51Z");

    private final List<Network> networks = new ArrayList<>();
    private final Map<String, Container> containers = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<Host.Interface> interfaces = new ArrayList<>();
    private final Map<Id, Integer> taken = new HashMap<>();

    public static Id id(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return new Id("%064x".formatted(new BigInteger(1, hash)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public TestTopologyBuilder() {
        networks.add(network("bridge", Driver.BRIDGE, "patchbay0", "172.17.0.0/16", false, true));
        networks.add(network("host", Driver.HOST, "", null, false, true));
        networks.add(network("none", Driver.NULL, "", null, false, true));
        nic("eth0", "192.0.2.2/24");
    }

    private static Network network(
            String name, Driver driver, String bridge, @Nullable String subnet, boolean internal, boolean predefined) {
        Cidr cidr = subnet == null ? null : Cidr.of(subnet);
        return new Network(
                id(name),
                name,
                CREATED,
                NetworkDriver.of(driver),
                bridge,
                cidr == null ? NetworkConfig.DEFAULT : NetworkConfig.of(cidr, Addresses.plus(cidr.address(), 1)),
                internal,
                false,
                false,
                0,
                predefined,
                true,
                65534,
                65530,
                Map.of());
    }

    public TestTopologyBuilder nic(String name, String... addresses) {
        interfaces.add(new Host.Interface(
                name, true, Arrays.stream(addresses).map(Cidr::of).toList()));
        return this;
    }

    public TestTopologyBuilder network(String name, String subnet, boolean internal) {
        String bridge = Ownership.bridgeName(id(name));
        networks.add(network(name, Driver.BRIDGE, bridge, subnet, internal, false));
        return this;
    }

    public TestTopologyBuilder network(String name, String subnet) {
        return network(name, subnet, false);
    }

    /** A container that shares the network of another one. */
    public TestTopologyBuilder sharing(String owner, String name, String image) {
        return container(name, image, "container:" + id(owner), List.of());
    }

    public TestTopologyBuilder container(String name, String image, @Nullable String network, String... exposed) {
        List<ExposedPort> ports = new ArrayList<>();
        for (String port : exposed) {
            String[] parts = port.split("/");
            ports.add(
                    new ExposedPort(Integer.parseInt(parts[0]), parts[1].equals("udp") ? Protocol.UDP : Protocol.TCP));
        }
        container(name, image, network == null ? "none" : network, ports);
        return network == null ? this : connect(network, name);
    }

    private TestTopologyBuilder container(String name, String image, String mode, List<ExposedPort> ports) {
        containers.put(
                name,
                new Container(
                        id(name),
                        name,
                        image,
                        List.of(),
                        CREATED,
                        Container.State.RUNNING,
                        4711,
                        0,
                        CREATED,
                        null,
                        mode,
                        ports,
                        List.of(),
                        List.of(),
                        Map.of(),
                        ContainerConfig.DEFAULT,
                        0));
        order.add(name);
        return this;
    }

    public TestTopologyBuilder connect(String network, String name) {
        Container container = existing(name);
        Network target = networks.stream()
                .filter(n -> n.name().equals(network))
                .findFirst()
                .orElseThrow();
        Cidr subnet = Objects.requireNonNull(target.subnet());
        int place = taken.merge(target.id(), 1, Integer::sum) + 1;
        Id endpoint = id(network + "/" + name);
        InetAddress address = Addresses.plus(subnet.network().address(), place);
        List<Endpoint> endpoints = new ArrayList<>(container.endpoints());
        endpoints.add(new Endpoint(
                endpoint,
                target.id(),
                "eth" + endpoints.size(),
                "pbv" + endpoint.shortForm(),
                new Cidr(address, subnet.prefixLength()),
                null,
                MacAddress.fromIpv4(address),
                endpoints.isEmpty(),
                true,
                EndpointConfig.DEFAULT));
        containers.put(name, with(container, container.state(), endpoints, container.ports()));
        return this;
    }

    public TestTopologyBuilder disconnect(String network, String name) {
        Container container = existing(name);
        List<Endpoint> endpoints = container.endpoints().stream()
                .filter(endpoint -> !endpoint.network().equals(id(network)))
                .toList();
        containers.put(name, with(container, container.state(), endpoints, container.ports()));
        return this;
    }

    /** Disconnects its containers first. */
    public TestTopologyBuilder removeNetwork(String name) {
        order.forEach(container -> disconnect(name, container));
        networks.removeIf(network -> network.name().equals(name));
        return this;
    }

    public TestTopologyBuilder publish(String name, String hostAddress, int hostPort, int port, Protocol protocol) {
        Container container = existing(name);
        List<PortBinding> ports = new ArrayList<>(container.ports());
        Id endpoint = container.endpoints().isEmpty()
                ? null
                : container.endpoints().getFirst().id();
        ports.add(PortBinding.single(
                        id(hostAddress + ":" + hostPort + "/" + protocol),
                        endpoint,
                        protocol,
                        InetAddress.ofLiteral(hostAddress),
                        hostPort,
                        port,
                        container.running() && endpoint != null)
                .with(PortBinding.RuleState.PRESENT));
        containers.put(name, with(container, container.state(), container.endpoints(), ports));
        return this;
    }

    public TestTopologyBuilder stop(String name) {
        Container container = existing(name);
        List<Endpoint> endpoints = container.endpoints().stream()
                .map(e -> new Endpoint(
                        e.id(),
                        e.network(),
                        e.interfaceName(),
                        e.hostInterface(),
                        e.address(),
                        e.address6(),
                        e.mac(),
                        e.defaultRoute(),
                        false,
                        e.config()))
                .toList();
        List<PortBinding> ports = container.ports().stream()
                .map(p -> new PortBinding(
                        p.id(),
                        p.endpoint(),
                        p.protocol(),
                        p.hostAddress(),
                        p.alsoIpv6(),
                        p.hostPorts(),
                        p.containerPorts(),
                        p.allowed(),
                        false))
                .toList();
        containers.put(name, with(container, Container.State.EXITED, endpoints, ports));
        return this;
    }

    public TestTopologyBuilder remove(String name) {
        containers.remove(name);
        order.remove(name);
        return this;
    }

    private Container existing(String name) {
        return Objects.requireNonNull(containers.get(name), name);
    }

    private static Container with(
            Container c, Container.State state, List<Endpoint> endpoints, List<PortBinding> ports) {
        return new Container(
                c.id(),
                c.name(),
                c.image(),
                c.command(),
                c.created(),
                state,
                c.pid(),
                c.exitCode(),
                c.startedAt(),
                c.finishedAt(),
                c.networkMode(),
                c.exposed(),
                endpoints,
                ports,
                Map.of(),
                ContainerConfig.DEFAULT,
                0);
    }

    public Topology build() {
        List<Cidr> masqueraded = networks.stream()
                .filter(network -> network.subnet() != null && !network.internal())
                .map(Network::subnet)
                .toList();
        Host host = new Host(
                "debian-vm",
                interfaces,
                true,
                InetAddress.ofLiteral("192.0.2.1"),
                masqueraded,
                new KernelState("debian-vm", true, List.of(), List.of(), KernelState.Transport.DEFAULT));
        return new Topology(
                1, host, networks, order.stream().map(this::existing).toList(), List.of());
    }
}
