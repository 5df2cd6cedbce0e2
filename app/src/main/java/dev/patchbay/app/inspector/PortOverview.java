package dev.patchbay.app.inspector;

import dev.patchbay.app.inspector.Overview.Fact;
import dev.patchbay.app.inspector.Overview.Row;
import dev.patchbay.app.inspector.Overview.Section;
import dev.patchbay.app.inspector.Overview.State;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The overview of a published port.
final class PortOverview {
    private PortOverview() {}

    static Overview of(PublishedPort published) {
        PortBinding port = published.port();
        Container container = published.container();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Messages.of("overview.hostSide"), port.hostSide(), true));
        facts.add(new Fact(Messages.of("overview.containerSide"), port.containerPortText(), true));
        facts.add(new Fact(Messages.of("overview.target"), targetText(container, port), true));
        facts.add(new Fact(Messages.of("overview.inForce"), inForceText(port), false));
        facts.add(new Fact(Messages.of("overview.who"), DisplayFormat.reachText(port.hostAddress()), false));
        if (!port.allowed().isEmpty()) {
            String networks = port.allowed().stream().map(Cidr::toString).collect(Collectors.joining(", "));
            facts.add(new Fact(Messages.of("overview.allowed"), networks, true));
        }
        if (port.external()) {
            facts.add(new Fact(Messages.of("overview.publishedBy"), publisherText(port), false));
        }
        List<Row> owner = List.of(new Row(
                OverviewText.state(container),
                container.name(),
                container.image(),
                "",
                "",
                new Selection.OfContainer(container.id())));
        return new Overview(
                port.hostPorts() + " → " + port.containerPortText(),
                Messages.of("overview.port"),
                facts,
                List.of(new Section(Messages.of("overview.container"), owner, "")));
    }

    private static String inForceText(PortBinding port) {
        if (!port.inForce()) {
            return Messages.of("overview.notInForceBecause");
        }
        return switch (port.ruleState()) {
            case PRESENT -> Messages.of("overview.yes");
            case ABSENT -> Messages.of("overview.noRule");
            case UNKNOWN -> Messages.of("overview.rulesUnknown");
        };
    }

    /// Good only when the rules of the port were read.
    static State state(PortBinding port) {
        if (!port.inForce()) {
            return State.IDLE;
        }
        return switch (port.ruleState()) {
            case PRESENT -> State.GOOD;
            case ABSENT -> State.WARNING;
            case UNKNOWN -> State.IDLE;
        };
    }

    /// A short warning; empty for a port in force.
    static String warningText(PortBinding port) {
        if (!port.isEffective()) {
            return Messages.of("overview.notInForce");
        }
        return port.ruleState() == PortBinding.RuleState.UNKNOWN ? Messages.of("overview.unknown") : "";
    }

    /// Empty for a port that the engine itself publishes.
    static String publisherText(PortBinding port) {
        return port.external() ? Messages.of("overview.beside") : "";
    }

    private static String targetText(Container container, PortBinding port) {
        Endpoint endpoint = container.endpointOf(port);
        return endpoint == null || endpoint.address() == null
                ? Messages.of("overview.none")
                : OverviewText.address(endpoint.address().address()) + ":" + port.containerPorts();
    }
}
