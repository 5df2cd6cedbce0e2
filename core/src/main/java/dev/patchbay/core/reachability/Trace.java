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

    Trace(ReachabilityQuery question, TraceInputs inputs) {
        this.question = question;
        this.inputs = inputs;
        this.tables = new RuleTables(inputs.rules(), question.family());
        this.context = new MatchContext(
                RouteLookup.addresses(inputs.host()),
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
            Location... locations) {
        KernelRule decider = verdict.decidingRule();
        Message sentence = decider == null
                ? Message.EMPTY
                : RuleMeaning.of(decider, topology()).sentence();
        hops.add(new Hop(
                stage,
                mark,
                Evidence.DERIVED,
                title,
                detail,
                sentence,
                verdict.matchedRules(),
                chain,
                List.of(locations)));
    }

    /// Evaluates a hook that only accepts or drops.
    ///
    /// @param shown whether accepting is worth a hop
    boolean checkHook(String table, String hook, Packet packet, boolean shown, Stage stage, Location... locations) {
        HookVerdict verdict = evaluate(table, hook, packet);
        Message title = HookText.title(table, hook, packet);
        Message detail = HookText.detail(verdict, hook);
        String chain = verdict.decidingRule() == null ? table + " " + hook : "";
        return switch (verdict.kind()) {
            case ACCEPTED, DNAT, SNAT, MASQUERADED -> {
                if (shown) {
                    add(stage, Status.OK, title, detail, verdict, chain, locations);
                }
                yield true;
            }
            case UNKNOWN -> {
                add(stage, Status.UNKNOWN, title, detail, verdict, "", locations);
                yield true;
            }
            case DROPPED, REJECTED -> addDrop(stage, title, table, hook, packet, verdict, locations);
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
            Location... locations) {
        remedy = new RemedyFinder(this).forDrop(verdict, packet);
        String chain = verdict.decidingRule() == null ? table + " " + hook : "";
        add(stage, Status.FAILS, title, HookText.detail(verdict, hook), verdict, chain, locations);
        return false;
    }

    TracedPath build(Message title) {
        return new TracedPath(question, title, TracedPath.verdict(hops), hops, destination, remedy);
    }
}
