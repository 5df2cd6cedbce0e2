package dev.patchbay.app.inspector;

import dev.patchbay.app.inspector.Overview.Fact;
import dev.patchbay.app.inspector.Overview.Row;
import dev.patchbay.app.inspector.Overview.Section;
import dev.patchbay.app.inspector.Overview.State;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The overview of a container.
final class ContainerOverview {
    private ContainerOverview() {}

    static Overview of(Topology topology, Container container) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Messages.of("overview.id"), container.id().shortForm() + "…", true));
        facts.add(new Fact(Messages.of("overview.image"), container.image(), true));
        if (!container.command().isEmpty()) {
            facts.add(new Fact(
                    Messages.of("overview.command"),
                    container.command().stream().map(SafeText::escapeAndShorten).collect(Collectors.joining(" ")),
                    true));
        }
        facts.add(new Fact(Messages.of("overview.state"), stateText(container), false));
        if (container.running() && container.startedAt() != null) {
            facts.add(new Fact(Messages.of("overview.started"), DisplayFormat.dateTime(container.startedAt()), true));
        }
        if (container.pid() != 0) {
            facts.add(new Fact(Messages.of("overview.pid"), String.valueOf(container.pid()), true));
        }
        facts.add(new Fact(Messages.of("overview.restart"), restartText(container), true));
        facts.add(new Fact(Messages.of("overview.created"), DisplayFormat.dateTime(container.created()), true));
        if (!container.exposed().isEmpty()) {
            facts.add(new Fact(
                    Messages.of("overview.exposed"),
                    container.exposed().stream().map(Object::toString).collect(Collectors.joining(", ")),
                    true));
        }
        Container owner = topology.netnsOwner(container);
        if (container.sharedNetns() != null) {
            facts.add(new Fact(
                    Messages.of("overview.network"),
                    owner == null
                            ? Messages.of("picture.sharesGone")
                            : Messages.of("picture.shares", SafeText.escapeAndShorten(owner.name())),
                    false));
        }
        OverviewText.addLabels(facts, container.labels());
        List<Row> networks = new ArrayList<>();
        for (Endpoint endpoint : owner == null ? List.<Endpoint>of() : owner.endpoints()) {
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
                    "",
                    network.attached() ? Messages.of("overview.besideEndpoint") : link(endpoint, network),
                    new Selection.OfNetwork(network.id())));
        }
        List<PortBinding> published = owner == null ? List.of() : owner.ports();
        List<Row> ports = published.stream()
                .map(port -> new Row(
                        PortOverview.state(port),
                        port.containerPortText(),
                        port.hostSide(),
                        PortOverview.warningText(port),
                        PortOverview.publisherText(port),
                        new Selection.OfPort(port.id())))
                .toList();
        return new Overview(
                container.name(),
                container.running() ? Messages.of("state.running") : Messages.of("state.stopped"),
                facts,
                List.of(
                        new Section(Messages.of("overview.networks"), networks, Messages.of("overview.noNetworks")),
                        new Section(Messages.of("overview.published"), ports, Messages.of("overview.noPorts"))));
    }

    private static String link(Endpoint endpoint, Network network) {
        String mac = endpoint.mac() == null ? "" : endpoint.mac().toString();
        if (network.gateway() == null) {
            String route = endpoint.defaultRoute() ? Messages.of("overview.isDefaultRoute") : "";
            return mac + (mac.isEmpty() || route.isEmpty() ? "" : " · ") + route;
        }
        return (mac.isEmpty() ? "" : mac + " · ")
                + (endpoint.defaultRoute()
                        ? Messages.of("overview.defaultVia", OverviewText.address(network.gateway()))
                        : Messages.of("overview.gatewayIs", OverviewText.address(network.gateway())));
    }

    private static String restartText(Container container) {
        return container.restartCount() == 0
                ? container.restart().toString()
                : Messages.of("overview.restarted", container.restart(), container.restartCount());
    }

    private static String stateText(Container container) {
        return switch (container.state()) {
            case CREATED -> Messages.of("state.created");
            case RUNNING -> Messages.of("state.running");
            case RESTARTING -> Messages.of("state.restarting", container.exitCode());
            case PAUSED -> Messages.of("state.paused");
            case REMOVING -> Messages.of("state.removing");
            case DEAD -> Messages.of("state.dead");
            case EXITED -> Messages.of("state.exited", container.exitCode());
        };
    }
}
