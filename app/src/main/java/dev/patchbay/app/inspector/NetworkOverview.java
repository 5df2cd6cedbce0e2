package dev.patchbay.app.inspector;

import dev.patchbay.app.inspector.Overview.Fact;
import dev.patchbay.app.inspector.Overview.Row;
import dev.patchbay.app.inspector.Overview.Section;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.net.Addresses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The overview of a network.
final class NetworkOverview {
    private NetworkOverview() {}

    static Overview of(Topology topology, Network network) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Messages.of("overview.id"), network.id().shortForm() + "…", true));
        facts.add(new Fact(Messages.of("overview.created"), DisplayFormat.dateTime(network.created()), true));
        if (network.subnet() != null) {
            facts.add(new Fact(Messages.of("overview.subnet"), network.subnet().toString(), true));
            if (network.gateway() != null) {
                facts.add(new Fact(Messages.of("overview.gateway"), Addresses.format(network.gateway()), true));
            }
            if (!network.bridge().isEmpty()) {
                facts.add(new Fact(
                        network.hasBridge() ? Messages.of("overview.bridge") : Messages.of("overview.parent"),
                        network.bridgeUp() ? network.bridge() : Messages.of("overview.bridgeDown", network.bridge()),
                        true));
            }
            facts.add(new Fact(Messages.of("overview.ipv6"), OverviewText.onOff(network.ipv6()), true));
            facts.add(new Fact(
                    Messages.of("overview.internal"),
                    network.internal() ? Messages.of("overview.yes") : Messages.of("overview.no"),
                    true));
            facts.add(new Fact(
                    Messages.of("overview.free"),
                    Messages.of(
                            "overview.freeOf",
                            DisplayFormat.grouped(network.freeAddresses()),
                            DisplayFormat.grouped(network.usableAddresses())),
                    true));
        }
        if (network.attached()) {
            facts.add(new Fact(Messages.of("overview.managed"), Messages.of("overview.besideNetwork"), false));
        }
        if (network.mtu() != 0) {
            facts.add(new Fact(Messages.of("overview.mtu"), String.valueOf(network.mtu()), true));
        }
        OverviewText.addLabels(facts, network.labels());
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
                OverviewText.state(container),
                container.name(),
                endpoint == null || endpoint.address() == null
                        ? Messages.of("overview.none")
                        : Addresses.format(endpoint.address().address()),
                endpoint == null || endpoint.mac() == null ? "" : endpoint.mac().toString(),
                endpoint == null || endpoint.address6() == null
                        ? ""
                        : Addresses.format(endpoint.address6().address()),
                new Selection.OfContainer(container.id()));
    }
}
