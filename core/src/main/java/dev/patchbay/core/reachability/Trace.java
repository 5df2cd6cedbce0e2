package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.MatchContext;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.engine.kernel.KernelRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path traced so far. Each method returns whether the trace continues.
final class Trace {
    private final ReachabilityQuery question;
    private final TraceInputs inputs;
    private final RuleTables tables;
    private final MatchContext context;
    private final List<Hop> hops = new ArrayList<>();
    private @Nullable Remedy remedy;
    private TracedPath.@Nullable Destination destination;

    Trace(ReachabilityQuery question, TraceInputs readings) {
        this.question = question;
        this.inputs = readings;
        this.tables = new RuleTables(readings.rules(), question.family());
        this.context = new MatchContext(
                RouteLookup.addresses(readings.host()),
                topology().host().kernel().transport().ephemeralPorts(),
                tables.marksPackets());
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

    boolean ok(Stage stage, Message title, Message detail, Location... spots) {
        return add(stage, Status.OK, title, detail, Message.EMPTY, spots);
    }

    boolean fail(
            Stage stage, Message title, Message detail, Message sentence, @Nullable Remedy help, Location... spots) {
        remedy = help;
        add(stage, Status.FAILS, title, detail, sentence, spots);
        return false;
    }

    /// The caller decides whether the trace can continue.
    boolean unknown(Stage stage, Message title, Message sentence, Location... spots) {
        return add(stage, Status.UNKNOWN, title, Message.of("unknown"), sentence, spots);
    }

    private boolean add(Stage stage, Status mark, Message title, Message detail, Message sentence, Location... spots) {
        hops.add(new Hop(stage, mark, Evidence.DERIVED, title, detail, sentence, List.of(), "", List.of(spots)));
        return true;
    }

    HookVerdict evaluate(String table, String hook, Packet packet) {
        return tables.evaluate(table, hook, packet, context);
    }

    /// Adds a hop for the verdict of a hook.
    void add(
            Stage stage,
            Status mark,
            Message title,
            Message detail,
            HookVerdict verdict,
            String chain,
            Location... spots) {
        KernelRule decider = verdict.decidingRule();
        Message sentence = decider == null
                ? Message.EMPTY
                : RuleMeaning.of(decider, topology()).sentence();
        hops.add(new Hop(
                stage, mark, Evidence.DERIVED, title, detail, sentence, verdict.matchedRules(), chain, List.of(spots)));
    }

    /// Evaluates a hook that only accepts or drops.
    ///
    /// @param shown whether accepting is worth a hop
    boolean checkHook(String table, String hook, Packet packet, boolean shown, Stage stage, Location... spots) {
        HookVerdict verdict = evaluate(table, hook, packet);
        Message title = HookText.title(table, hook, packet);
        Message detail = HookText.detail(verdict, hook);
        String chain = verdict.decidingRule() == null ? table + " " + hook : "";
        return switch (verdict.kind()) {
            case ACCEPTED, DNAT, SNAT, MASQUERADED -> {
                if (shown) {
                    add(stage, Status.OK, title, detail, verdict, chain, spots);
                }
                yield true;
            }
            case UNKNOWN -> {
                add(stage, Status.UNKNOWN, title, detail, verdict, "", spots);
                yield true;
            }
            case DROPPED, REJECTED -> addDrop(stage, title, table, hook, packet, verdict, spots);
        };
    }

    /// Adds a hop for a rule, or a policy, that drops the packet.
    boolean addDrop(
            Stage stage,
            Message title,
            String table,
            String hook,
            Packet packet,
            HookVerdict verdict,
            Location... spots) {
        remedy = new RemedyFinder(this).forDrop(verdict, packet);
        String chain = verdict.decidingRule() == null ? table + " " + hook : "";
        add(stage, Status.FAILS, title, HookText.detail(verdict, hook), verdict, chain, spots);
        return false;
    }

    TracedPath build(Message title) {
        return new TracedPath(question, title, TracedPath.verdict(hops), hops, destination, remedy);
    }
}
