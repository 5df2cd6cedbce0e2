package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.packet.BaseChain;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.MatchContext;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables;
import dev.patchbay.core.packet.RuleTables.Phase;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.core.reachability.RouteLookup.RouteDecision;
import dev.patchbay.core.reachability.RouteLookup.RouteKey;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The path traced so far. Each method returns whether the trace continues.
final class Trace {
    private final ReachabilityQuery question;
    private final TraceInputs inputs;
    private final RuleTables tables;
    private final MatchContext context;
    private final List<Hop> hops = new ArrayList<>();
    private final Set<String> reported = new HashSet<>();
    private @Nullable Route rerouted;
    private @Nullable Remedy remedy;
    private TracedPath.@Nullable Destination destination;

    Trace(ReachabilityQuery question, TraceInputs inputs) {
        this.question = question;
        this.inputs = inputs;
        this.tables = new RuleTables(inputs.rules(), question.family());
        this.context = new MatchContext(
                RouteLookup.addresses(inputs.host()),
                topology().host().kernel().transport().ephemeralPorts(),
                (destination, source, mark) ->
                        RouteLookup.device(RouteKey.of(destination, source, mark), inputs.host()));
    }

    ReachabilityQuery question() {
        return question;
    }

    TraceInputs inputs() {
        return inputs;
    }

    Topology topology() {
        return inputs.topology();
    }

    void setDestination(InetAddress address, int port) {
        destination = new TracedPath.Destination(address, port);
    }

    boolean isHostAddress(InetAddress address) {
        return context.isLocal(address);
    }

    boolean ok(Stage stage, Message title, Message detail, Location... locations) {
        return add(stage, Status.OK, title, detail, Message.EMPTY, locations);
    }

    boolean fail(
            Stage stage,
            Message title,
            Message detail,
            Message sentence,
            @Nullable Remedy help,
            Location... locations) {
        remedy = help;
        add(stage, Status.FAILS, title, detail, sentence, locations);
        return false;
    }

    /// The caller decides whether the trace can continue.
    boolean unknown(Stage stage, Message title, Message sentence, Location... locations) {
        return add(stage, Status.UNKNOWN, title, Message.of("unknown"), sentence, locations);
    }

    private boolean add(
            Stage stage, Status mark, Message title, Message detail, Message sentence, Location... locations) {
        hops.add(new Hop(stage, mark, Evidence.DERIVED, title, detail, sentence, List.of(), "", List.of(locations)));
        return true;
    }

    /// The verdict of the chains that translate at a hook.
    HookVerdict translate(NetfilterHook hook, Packet packet) {
        return tables.translate(hook, packet, context);
    }

    /// Adds a hop for the verdict of a hook.
    void add(Stage stage, Status mark, Message title, Message detail, HookVerdict verdict, Location... locations) {
        FirewallRule decider = verdict.decidingRule();
        Message sentence =
                decider == null ? Message.EMPTY : decider.meaning(topology()).sentence();
        boolean byPolicy =
                decider == null && mark != Status.UNKNOWN && !verdict.chain().nft();
        hops.add(new Hop(
                stage,
                mark,
                Evidence.DERIVED,
                title,
                detail,
                sentence,
                verdict.matchedRules(),
                byPolicy ? verdict.chain().fullName() : "",
                List.of(locations)));
    }

    /// Sends the packet through the chains of a hook that filter or mark.
    ///
    /// @param shown whether accepting is worth a hop
    /// @return null when a chain drops it
    @Nullable
    Packet filter(NetfilterHook hook, Phase phase, Packet packet, boolean shown, Location... locations) {
        return passChains(hook, phase, packet, shown, Stage.FILTER, locations);
    }

    /// As [#filter] for the answer. Accepting is no hop.
    @Nullable
    Packet filterReply(NetfilterHook hook, Phase phase, Packet answer) {
        return passChains(hook, phase, answer, false, Stage.REPLY);
    }

    private @Nullable Packet passChains(
            NetfilterHook hook, Phase phase, Packet sent, boolean shown, Stage stage, Location... locations) {
        int hopsBefore = hops.size();
        HookVerdict lastOfNft = null;
        Packet packet = sent;
        for (BaseChain chain : tables.chains(hook, phase)) {
            HookVerdict verdict = tables.evaluate(chain, packet, context);
            Message text = HookText.title(chain, packet);
            Message title = stage == Stage.REPLY ? Message.of("back.hook", text) : text;
            Message detail = HookText.detail(verdict);
            switch (verdict.kind()) {
                case ACCEPTED, DNAT, REDIRECTED, SNAT, MASQUERADED -> {
                    boolean decides = chain.nft()
                            ? verdict.decidingRule() != null
                            : chain.table().equals("filter");
                    if (shown && decides) {
                        add(stage, Status.OK, title, detail, verdict, locations);
                    }
                    lastOfNft = chain.nft() ? verdict : lastOfNft;
                }
                case UNKNOWN -> add(stage, Status.UNKNOWN, title, detail, verdict, locations);
                case DROPPED, REJECTED -> {
                    remedy = new RemedyFinder(this).forDrop(verdict, packet);
                    add(stage, Status.FAILS, title, detail, verdict, locations);
                    return null;
                }
            }
            Packet marked = verdict.packet();
            boolean changed = !marked.mark().equals(packet.mark());
            packet = chain.reroutes() && changed ? reroute(marked, stage) : marked;
            if (packet == null) {
                return null;
            }
        }
        // A policy that accepts is worth a hop where nothing else decides.
        if (shown && lastOfNft != null && hops.size() == hopsBefore) {
            Message title = HookText.title(lastOfNft.chain(), packet);
            add(stage, Status.OK, title, HookText.detail(lastOfNft), lastOfNft, locations);
        }
        return packet;
    }

    /// The kernel looks up the route of an own packet again when its mark changes.
    ///
    /// @return null when there is none, or it is not known
    private @Nullable Packet reroute(Packet packet, Stage stage) {
        Route route = RouteLookup.lookup(RouteKey.of(packet), inputs.host());
        rerouted = route;
        return reportNoRoute(route, packet.destination(), stage)
                ? packet.withLinks(packet.in(), RouteLookup.device(route))
                : null;
    }

    /// The route after the chains of an own packet.
    ///
    /// @param before that of the packet when it was made
    Route routeAfterMarks(Route before) {
        return rerouted == null ? before : rerouted;
    }

    /// The outgoing link, and the rule that chooses it where that is not one of a machine without rules of
    /// its own.
    Message routeDetail(Route route) {
        return route instanceof Route.Via via && via.decision().isByPolicy()
                ? Message.verbatim(via.decision().text())
                : Message.verbatim(RouteLookup.device(route));
    }

    /// Adds a hop when there is no route, or it is not known.
    ///
    /// @return whether there is one
    boolean reportNoRoute(Route route, InetAddress destination, Stage stage) {
        String to = Addresses.format(destination);
        return switch (route) {
            case Route.Local _, Route.Via _ -> true;
            case Route.Unknown(RouteDecision decision) -> {
                unknown(
                        stage,
                        Message.of("route.undecided", to),
                        Message.of("route.undecided.why", decision.text()),
                        new Location.OfHost());
                yield false;
            }
            case Route.None(RouteDecision decision) ->
                fail(
                        stage,
                        stage == Stage.REPLY ? Message.of("back.none", to) : Message.of("route.none", to),
                        decision.isEmpty() ? Message.of("noRoute") : Message.verbatim(decision.text()),
                        decision.isEmpty()
                                ? (stage == Stage.REPLY ? Message.of("back.none.why") : Message.of("route.none.why"))
                                : Message.of("route.refused.why", decision.text()),
                        null,
                        new Location.OfHost());
        };
    }

    boolean isBridge(String link) {
        return topology().networks().stream()
                .anyMatch(network ->
                        network.bridge().equals(link) && network.driver().makesBridges());
    }

    /// Whether the link drops whatever it gets: a dummy, or a bridge without ports.
    boolean dropsEverything(String link) {
        return inputs.host().links().stream()
                .anyMatch(known -> known.name().equals(link)
                        && (known.kind().equals("dummy")
                                || (known.kind().equals("bridge") && !hasPorts(known.index()))));
    }

    private boolean hasPorts(int bridge) {
        return inputs.host().links().stream().anyMatch(port -> port.master() == bridge);
    }

    /// Adds a hop for each table of nft that could not be read: it may decide anything.
    void reportUnreadableTables() {
        for (String table : tables.unreadable()) {
            if (!table.startsWith("bridge ")) {
                unknown(Stage.FILTER, Message.verbatim(table), Message.of("table.unreadable"), new Location.OfHost());
            }
        }
    }

    /// Sends a frame through the chains of bridges at these hooks.
    ///
    /// @param from address of the container behind the incoming port; null for a frame of the host
    /// @param to address of the container behind the outgoing port; null for a frame to the host
    /// @return null when a chain drops it
    @Nullable
    Packet filterBridged(
            Stage stage, Packet sent, @Nullable InetAddress from, @Nullable InetAddress to, NetfilterHook... hooks) {
        for (String table : tables.unreadable()) {
            if (table.startsWith("bridge ")) {
                reportOnce(table, Message.of("table.unreadable"));
            }
        }
        String in = from == null ? "" : bridgePort(from);
        String out = to == null ? "" : bridgePort(to);
        Packet packet = sent;
        for (NetfilterHook hook : hooks) {
            for (BaseChain chain : tables.bridgeChains(hook)) {
                if ((from != null && in.isEmpty()) || (to != null && out.isEmpty())) {
                    reportOnce(chain.fullName(), Message.of("chain.ofBridge"));
                    continue;
                }
                boolean leaves = hook == NetfilterHook.OUTPUT || hook == NetfilterHook.POSTROUTING;
                boolean arrives = hook == NetfilterHook.PREROUTING || hook == NetfilterHook.INPUT;
                packet = passBridgeChain(chain, packet.withLinks(leaves ? "" : in, arrives ? "" : out), stage);
                if (packet == null) {
                    return null;
                }
            }
        }
        return packet.withLinks(sent.in(), sent.out());
    }

    private @Nullable Packet passBridgeChain(BaseChain chain, Packet packet, Stage stage) {
        HookVerdict verdict = tables.evaluate(chain, packet, context);
        Message text = HookText.title(chain, packet);
        Message title = stage == Stage.REPLY ? Message.of("back.hook", text) : text;
        switch (verdict.kind()) {
            case ACCEPTED, DNAT, REDIRECTED, SNAT, MASQUERADED -> {}
            case UNKNOWN -> add(stage, Status.UNKNOWN, title, HookText.detail(verdict), verdict, new Location.OfHost());
            case DROPPED, REJECTED -> {
                remedy = new RemedyFinder(this).forDrop(verdict, packet);
                add(stage, Status.FAILS, title, HookText.detail(verdict), verdict, new Location.OfHost());
                return null;
            }
        }
        return verdict.packet();
    }

    /// The bridge's port of a container; empty when it is not known.
    private String bridgePort(InetAddress container) {
        Peer.AttachedEndpoint plug = Peer.AttachedEndpoint.withAddress(container, topology());
        return plug == null ? "" : plug.endpoint().hostInterface();
    }

    /// Adds a hop for each chain of nft that sees all packets of a link; its rules are not derived.
    ///
    /// @param hook `ingress` or `egress`
    void reportLinkChains(String hook, String link) {
        for (BaseChain.OnLink chain : tables.onLinks()) {
            if (chain.hook().equals(hook) && chain.mayConcern(link)) {
                reportOnce(chain.fullName(), Message.of("chain.ofLink", link));
            }
        }
    }

    private void reportOnce(String name, Message sentence) {
        if (reported.add(name)) {
            unknown(Stage.FILTER, Message.verbatim(name), sentence, new Location.OfHost());
        }
    }

    TracedPath build(Message title) {
        return new TracedPath(question, title, TracedPath.verdict(hops), hops, destination, remedy);
    }
}
