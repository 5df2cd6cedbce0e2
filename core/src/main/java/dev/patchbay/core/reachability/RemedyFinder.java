package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.kernel.KernelRule;
import org.jspecify.annotations.Nullable;

/// Finds a remedy for a failing hop.
final class RemedyFinder {
    private final Trace trace;

    RemedyFinder(Trace trace) {
        this.trace = trace;
    }

    static Remedy start(Container container) {
        return new Remedy.ByChange(
                Message.of("remedy.start", container.name()), new Change.StartContainer(container.name()));
    }

    static Remedy repair() {
        return new Remedy.ByRepair(Message.of("remedy.repair"));
    }

    Remedy publish(Container container) {
        ReachabilityQuery question = trace.question();
        if (question.protocol() == null) {
            return new Remedy.ByHand(Message.of("remedy.namePort"));
        }
        return new Remedy.ByChange(
                Message.of("remedy.publish", question.service(), container.name()),
                new Change.Publish(
                        container.name(), PortMapping.of(null, question.port(), question.port(), question.protocol())));
    }

    /// Connects the container to the first possible network of the other peer.
    @Nullable
    Remedy connect(@Nullable Container container, @Nullable Container to) {
        if (container == null || to == null || container.id().equals(to.id())) {
            return null;
        }
        return to.endpoints().stream()
                .map(Endpoint::network)
                .filter(network -> container.endpointOn(network) == null)
                .map(network -> trace.topology().network(network))
                .filter(network -> network != null && network.driver().makesBridges())
                .findFirst()
                .map(network -> connect(container, network))
                .orElse(null);
    }

    private Remedy connect(Container container, Network network) {
        long namesakes = trace.topology().networks().stream()
                .filter(other -> other.name().equals(network.name()))
                .count();
        String word = namesakes == 1 ? network.name() : network.id().value();
        return new Remedy.ByChange(
                Message.of("remedy.connect", container.name(), network.name()),
                new Change.Connect(container.name(), EndpointRequest.on(word)));
    }

    /// A remedy for a container without a route to the outside.
    @Nullable
    Remedy connectToOutside(Container container) {
        return trace.topology().networks().stream()
                .filter(network -> network.driver().makesBridges() && !network.internal())
                .filter(network -> container.endpointOn(network.id()) == null)
                .findFirst()
                .map(network -> connect(container, network))
                .orElse(null);
    }

    /// A remedy for a rule or policy that drops the packet.
    @Nullable
    Remedy forDrop(HookVerdict verdict, Packet packet) {
        FirewallRule rule = verdict.decidingRule();
        Container from = container(trace.question().from());
        Container to = container(trace.question().to());
        if (rule == null) {
            return verdict.chain().nft() ? null : forPolicy(from, to);
        }
        RuleOwner owner = rule.meaning(trace.topology()).owner();
        if (owner.isEngine() && !rule.chain().equals("DOCKER-USER")) {
            return forEngineRule(packet, from, to);
        }
        if (owner != RuleOwner.PATCHBAY) {
            return new Remedy.ByHand(Message.of("remedy.foreignRule", rule.deletion()));
        }
        if (packet.in().equals(packet.out())) {
            return new Remedy.ByHand(Message.of("remedy.neighbours"));
        }
        if (rule instanceof FirewallRule.OfIptables(KernelRule known)
                && (known.specification().contains("--ctstate DNAT")
                        || known.table().equals("raw"))) {
            return allowMoreSources();
        }
        if (packet.reply()) {
            return repair();
        }
        Remedy connect = connect(from, to);
        return connect != null ? connect : from != null && to == null ? connectToOutside(from) : null;
    }

    /// The rule itself is not to be deleted: the engine needs it, and makes it again.
    private @Nullable Remedy forEngineRule(Packet packet, @Nullable Container from, @Nullable Container to) {
        if (packet.in().equals(packet.out())) {
            return new Remedy.ByHand(Message.of("remedy.neighbours"));
        }
        if (from == null) {
            return to == null || isPublished(to) ? null : publish(to);
        }
        return to == null ? connectToOutside(from) : connect(from, to);
    }

    private @Nullable Remedy forPolicy(@Nullable Container from, @Nullable Container to) {
        if (to == null || isPublished(to) || canBeRepaired()) {
            return repair();
        }
        Remedy connect = connect(from, to);
        return connect != null ? connect : from == null ? publish(to) : repair();
    }

    private boolean canBeRepaired() {
        return trace.topology().problems().stream()
                .anyMatch(problem -> !problem.steps().isEmpty());
    }

    private boolean isPublished(Container container) {
        return container.ports().stream()
                .anyMatch(port -> port.inForce()
                        && trace.question().protocol() != null
                        && port.publishes(
                                trace.question().port(), trace.question().protocol()));
    }

    private @Nullable Container container(PathEnd end) {
        return end instanceof PathEnd.InContainer(var id) ? trace.topology().container(id) : null;
    }

    /// A remedy when nothing listens: at the host it may be a missing translation to a container.
    Remedy forNoListener(Packet packet, String service, Location at) {
        PortBinding missed = at instanceof Location.OfHost
                ? trace.topology().containers().stream()
                        .flatMap(container -> container.ports().stream())
                        .filter(port -> port.inForce()
                                && port.protocol() == packet.protocol()
                                && port.hostPorts().contains(packet.destinationPort())
                                && port.hostAddresses().stream().anyMatch(packet.family()::includes))
                        .findFirst()
                        .orElse(null)
                : null;
        if (missed == null) {
            return new Remedy.ByHand(Message.of("remedy.listen", service));
        }
        if (missed.hostAddress().isLoopbackAddress() && !packet.destination().isLoopbackAddress()) {
            return new Remedy.ByHand(Message.of("remedy.publishEverywhere"));
        }
        boolean allowed = missed.allowed().isEmpty()
                || missed.allowed().stream().anyMatch(network -> network.contains(packet.source()));
        return allowed ? repair() : allowMoreSources();
    }

    private static Remedy allowMoreSources() {
        return new Remedy.ByHand(Message.of("remedy.publishForMore"));
    }

    /// The mapping of the container's port for packets from outside.
    static @Nullable PortBinding publishedPort(Container container, ReachabilityQuery question) {
        return container.ports().stream()
                .filter(port -> question.protocol() != null && port.publishes(question.port(), question.protocol()))
                .filter(port -> port.hostAddresses().stream().anyMatch(question.family()::includes))
                .min((one, other) -> Boolean.compare(
                        one.hostAddress().isLoopbackAddress(),
                        other.hostAddress().isLoopbackAddress()))
                .orElse(null);
    }
}
