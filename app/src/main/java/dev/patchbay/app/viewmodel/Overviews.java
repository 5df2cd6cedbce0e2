package dev.patchbay.app.viewmodel;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.text.Figures;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.Overview.Fact;
import dev.patchbay.app.viewmodel.Overview.Row;
import dev.patchbay.app.viewmodel.Overview.Section;
import dev.patchbay.app.viewmodel.Overview.State;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Host;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts a selection into words.
final class Overviews {
    private Overviews() {}

    /// The host when nothing is selected; null when what was selected is gone.
    static @Nullable Overview of(Topology topology, Selected selected) {
        return switch (selected) {
            case Selected.Nothing _, Selected.HostSelected _ -> host(topology);
            case Selected.NetworkSelected(var id) -> {
                Network network = topology.network(id);
                yield network == null ? null : network(topology, network);
            }
            case Selected.ContainerSelected(var id) -> {
                Container container = topology.container(id);
                yield container == null ? null : container(topology, container);
            }
            case Selected.PortSelected(var id) -> {
                Ports.Published published = Ports.published(topology, id);
                yield published == null ? null : port(published);
            }
        };
    }

    private static Overview host(Topology topology) {
        Host host = topology.host();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                Messages.of("overview.forwarding"),
                host.ipForward() ? Messages.of("overview.on") : Messages.of("overview.off"),
                true));
        facts.add(new Fact(
                Messages.of("overview.defaultRoute"),
                host.defaultGateway() == null
                        ? Messages.of("overview.noDefaultRoute")
                        : "via " + Addresses.text(host.defaultGateway()),
                true));
        facts.add(new Fact(
                Messages.of("overview.masqueraded"),
                host.masqueraded().isEmpty()
                        ? Messages.of("overview.nothing")
                        : host.masqueraded().stream().map(Object::toString).collect(Collectors.joining("\n")),
                true));
        List<Row> interfaces = host.interfaces().stream()
                .map(link -> new Row(
                        link.up() ? State.GOOD : State.IDLE,
                        link.name(),
                        link.addresses().stream()
                                .filter(Cidr::isIpv4)
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")),
                        "",
                        new Selected.HostSelected()))
                .toList();
        List<Row> ports = topology.containers().stream()
                .flatMap(container -> container.ports().stream()
                        .map(port -> new Row(
                                port.inForce() ? State.GOOD : State.IDLE,
                                Ports.hostSide(port),
                                container.name(),
                                port.inside(),
                                new Selected.PortSelected(port.id()))))
                .toList();
        return new Overview(
                host.name(),
                Messages.of("overview.host"),
                facts,
                List.of(
                        new Section(Messages.of("overview.interfaces"), interfaces, Messages.of("overview.none")),
                        new Section(Messages.of("overview.published"), ports, Messages.of("overview.noPorts"))));
    }

    private static Overview network(Topology topology, Network network) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Messages.of("overview.id"), network.id().shortForm() + "…", true));
        facts.add(new Fact(Messages.of("overview.created"), Figures.dateTime(network.created()), true));
        if (network.subnet() != null) {
            facts.add(new Fact(Messages.of("overview.subnet"), network.subnet().toString(), true));
            facts.add(new Fact(Messages.of("overview.gateway"), address(network.gateway()), true));
            facts.add(new Fact(
                    Messages.of("overview.bridge"),
                    network.bridgeUp() ? network.bridge() : Messages.of("overview.bridgeDown", network.bridge()),
                    true));
            facts.add(new Fact(
                    Messages.of("overview.internal"),
                    network.internal() ? Messages.of("overview.yes") : Messages.of("overview.no"),
                    true));
            facts.add(new Fact(
                    Messages.of("overview.free"),
                    Messages.of(
                            "overview.freeOf",
                            Figures.grouped(network.freeAddresses()),
                            Figures.grouped(network.usableAddresses())),
                    true));
        }
        List<Row> endpoints = topology.containersOn(network.id()).stream()
                .map(container -> endpoint(container, container.endpointOn(network.id())))
                .toList();
        return new Overview(
                network.name(),
                network.driver().toString(),
                facts,
                List.of(new Section(
                        Messages.of("overview.endpoints"), endpoints, Messages.of("overview.noEndpoints"))));
    }

    private static Row endpoint(Container container, @Nullable Endpoint endpoint) {
        return new Row(
                state(container),
                container.name(),
                endpoint == null || endpoint.address() == null
                        ? Messages.of("overview.none")
                        : Addresses.text(endpoint.address().address()),
                endpoint == null ? "" : endpoint.mac().toString(),
                new Selected.ContainerSelected(container.id()));
    }

    private static Overview container(Topology topology, Container container) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Messages.of("overview.id"), container.id().shortForm() + "…", true));
        facts.add(new Fact(Messages.of("overview.image"), container.image(), true));
        facts.add(new Fact(Messages.of("overview.command"), String.join(" ", container.command()), true));
        facts.add(new Fact(Messages.of("overview.state"), stateText(container), false));
        facts.add(new Fact(Messages.of("overview.created"), Figures.dateTime(container.created()), true));
        List<Row> networks = new ArrayList<>();
        for (Endpoint endpoint : container.endpoints()) {
            Network network = topology.network(endpoint.network());
            if (network == null) {
                continue;
            }
            networks.add(new Row(
                    endpoint.attached() ? State.GOOD : State.IDLE,
                    network.name(),
                    endpoint.address() == null
                            ? Messages.of("overview.none")
                            : endpoint.address().toString(),
                    endpoint.defaultRoute()
                            ? Messages.of("overview.defaultVia", address(network.gateway()))
                            : Messages.of("overview.gatewayIs", address(network.gateway())),
                    new Selected.NetworkSelected(network.id())));
        }
        List<Row> ports = container.ports().stream()
                .map(port -> new Row(
                        port.inForce() ? State.GOOD : State.IDLE,
                        port.inside(),
                        Ports.hostSide(port),
                        port.inForce() ? "" : Messages.of("overview.notInForce"),
                        new Selected.PortSelected(port.id())))
                .toList();
        return new Overview(
                container.name(),
                container.running() ? Messages.of("state.running") : Messages.of("state.stopped"),
                facts,
                List.of(
                        new Section(Messages.of("overview.networks"), networks, Messages.of("overview.noNetworks")),
                        new Section(Messages.of("overview.published"), ports, Messages.of("overview.noPorts"))));
    }

    private static Overview port(Ports.Published published) {
        PortBinding port = published.port();
        Container container = published.container();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Messages.of("overview.hostSide"), Ports.hostSide(port), true));
        facts.add(new Fact(Messages.of("overview.containerSide"), port.inside(), true));
        facts.add(new Fact(Messages.of("overview.target"), target(container, port), true));
        facts.add(new Fact(
                Messages.of("overview.inForce"),
                port.inForce() ? Messages.of("overview.yes") : Messages.of("overview.notInForceBecause"),
                false));
        facts.add(new Fact(Messages.of("overview.who"), Ports.reach(port.hostAddress()), false));
        if (!port.allowed().isEmpty()) {
            String networks = port.allowed().stream().map(Cidr::toString).collect(Collectors.joining(", "));
            facts.add(new Fact(Messages.of("overview.allowed"), networks, true));
        }
        List<Row> owner = List.of(new Row(
                state(container),
                container.name(),
                container.image(),
                "",
                new Selected.ContainerSelected(container.id())));
        return new Overview(
                port.hostPorts() + " → " + port.inside(),
                Messages.of("overview.port"),
                facts,
                List.of(new Section(Messages.of("overview.container"), owner, "")));
    }

    private static String target(Container container, PortBinding port) {
        return container.endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(port.endpoint()) && endpoint.address() != null)
                .map(endpoint -> address(
                                endpoint.address() == null
                                        ? null
                                        : endpoint.address().address())
                        + ":"
                        + port.containerPorts())
                .findFirst()
                .orElse(Messages.of("overview.none"));
    }

    private static String stateText(Container container) {
        return switch (container.state()) {
            case CREATED -> Messages.of("state.created");
            case RUNNING ->
                container.startedAt() == null
                        ? Messages.of("state.running")
                        : Messages.of("state.runningSince", Figures.dateTime(container.startedAt()), container.pid());
            case RESTARTING -> Messages.of("state.restarting", container.exitCode());
            case EXITED -> Messages.of("state.exited", container.exitCode());
        };
    }

    private static State state(Container container) {
        return container.running() ? State.GOOD : State.IDLE;
    }

    private static String address(@Nullable InetAddress address) {
        return address == null ? Messages.of("overview.none") : Addresses.text(address);
    }
}
