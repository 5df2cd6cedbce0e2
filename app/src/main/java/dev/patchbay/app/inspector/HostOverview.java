package dev.patchbay.app.inspector;

import dev.patchbay.app.inspector.Overview.Fact;
import dev.patchbay.app.inspector.Overview.Row;
import dev.patchbay.app.inspector.Overview.Section;
import dev.patchbay.app.inspector.Overview.State;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.RootlessEngine;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The overview of the host.
final class HostOverview {
    private static final int MOST_SUBNETS = 12;

    private HostOverview() {}

    static Overview of(Topology topology) {
        Host host = topology.host();
        List<Fact> facts = new ArrayList<>();
        if (host.rootless() instanceof RootlessEngine rootless) {
            addRootless(rootless, facts);
        }
        facts.add(new Fact(
                Messages.of("overview.forwarding"),
                host.ipForward() || host.rootless() == null
                        ? OverviewText.onOff(host.ipForward())
                        : Messages.of("overview.unknown"),
                true));
        facts.add(new Fact(Messages.of("overview.defaultRoute"), defaultRoute(host), true));
        facts.add(new Fact(
                Messages.of("overview.masqueraded"),
                host.masqueraded().isEmpty() ? Messages.of("overview.nothing") : masqueraded(host),
                true));
        facts.add(new Fact(Messages.of("overview.has"), counts(topology), false));
        List<Row> interfaces = host.interfaces().stream()
                .map(link -> new Row(
                        link.up() ? State.GOOD : State.IDLE,
                        link.name(),
                        link.addresses().stream()
                                .filter(Cidr::isIpv4)
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")),
                        "",
                        "",
                        new Selection.OfHost()))
                .toList();
        List<Row> ports = topology.containers().stream()
                .flatMap(container -> container.ports().stream()
                        .map(port -> new Row(
                                PortOverview.state(port),
                                container.name(),
                                port.hostSide(),
                                port.containerPortText(),
                                "",
                                new Selection.OfPort(port.id()))))
                .toList();
        return new Overview(
                host.name(),
                Messages.of("overview.host"),
                facts,
                List.of(
                        new Section(Messages.of("overview.interfaces"), interfaces, Messages.of("overview.none")),
                        new Section(Messages.of("overview.published"), ports, Messages.of("overview.noPorts"))));
    }

    /// A rootless engine's is that of its network namespace, which was not read.
    private static String defaultRoute(Host host) {
        if (host.defaultGateway() != null) {
            return Messages.of("overview.via", Addresses.format(host.defaultGateway()));
        }
        return host.rootless() == null ? Messages.of("overview.noDefaultRoute") : Messages.of("overview.unknown");
    }

    private static void addRootless(RootlessEngine rootless, List<Fact> facts) {
        facts.add(new Fact(Messages.of("overview.engine"), Messages.of("overview.rootless"), false));
        if (!rootless.networkDriver().isEmpty()) {
            facts.add(new Fact(Messages.of("overview.networkDriver"), rootless.networkDriver(), true));
        }
        if (!rootless.portDriver().isEmpty()) {
            facts.add(new Fact(Messages.of("overview.portDriver"), rootless.portDriver(), true));
        }
    }

    private static String masqueraded(Host host) {
        List<String> lines = new ArrayList<>(host.masqueraded().stream()
                .limit(MOST_SUBNETS)
                .map(Object::toString)
                .toList());
        int more = host.masqueraded().size() - MOST_SUBNETS;
        if (more > 0) {
            lines.add(Messages.of("picture.more", more));
        }
        return String.join("\n", lines);
    }

    private static String counts(Topology topology) {
        return Messages.count(
                        "overview.networkCount",
                        topology.networks().stream()
                                .filter(network -> network.driver().hasEndpoints())
                                .count())
                + ", "
                + Messages.count(
                        "overview.containerCount", topology.containers().size());
    }
}
