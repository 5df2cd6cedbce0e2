package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.Surroundings;
import dev.patchbay.core.packet.Tables;
import dev.patchbay.core.packet.Verdict;
import dev.patchbay.core.reachability.Hop.Ground;
import dev.patchbay.core.reachability.Hop.Mark;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.engine.kernel.KernelRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way so far. Each method says whether it goes on.
final class Journey {
    private final Question question;
    private final Readings readings;
    private final Tables tables;
    private final Surroundings surroundings;
    private final List<Hop> hops = new ArrayList<>();
    private @Nullable Remedy remedy;
    private Path.@Nullable Aim aim;

    Journey(Question question, Readings readings) {
        this.question = question;
        this.readings = readings;
        this.tables = new Tables(readings.rules(), question.family());
        this.surroundings = new Surroundings(
                Routing.addresses(readings.host()),
                topology().host().kernel().transport().ephemeralPorts(),
                tables.marksPackets());
    }

    Question question() {
        return question;
    }

    Readings readings() {
        return readings;
    }

    Topology topology() {
        return readings.topology();
    }

    void aimAt(InetAddress address, int port) {
        aim = new Path.Aim(address, port);
    }

    boolean isHosts(InetAddress address) {
        return surroundings.isLocal(address);
    }

    boolean ok(Stage stage, Phrase title, Phrase detail, Spot... spots) {
        return add(stage, Mark.OK, title, detail, Phrase.NONE, spots);
    }

    boolean fails(Stage stage, Phrase title, Phrase detail, Phrase sentence, @Nullable Remedy help, Spot... spots) {
        remedy = help;
        add(stage, Mark.FAILS, title, detail, sentence, spots);
        return false;
    }

    /// Whoever calls decides whether anything can be said of what follows.
    boolean unknown(Stage stage, Phrase title, Phrase sentence, Spot... spots) {
        return add(stage, Mark.UNKNOWN, title, Phrase.of("unknown"), sentence, spots);
    }

    private boolean add(Stage stage, Mark mark, Phrase title, Phrase detail, Phrase sentence, Spot... spots) {
        hops.add(new Hop(stage, mark, Ground.DERIVED, title, detail, sentence, List.of(), "", List.of(spots)));
        return true;
    }

    Verdict ask(String table, String hook, Packet packet) {
        return tables.ask(table, hook, packet, surroundings);
    }

    /// A hop for what a hook does.
    void add(Stage stage, Mark mark, Phrase title, Phrase detail, Verdict verdict, String chain, Spot... spots) {
        KernelRule decider = verdict.decider();
        Phrase sentence = decider == null
                ? Phrase.NONE
                : RuleMeaning.explain(decider, topology()).sentence();
        hops.add(new Hop(stage, mark, Ground.DERIVED, title, detail, sentence, verdict.met(), chain, List.of(spots)));
    }

    /// Asks a hook that only lets through or not.
    ///
    /// @param shown whether passing it is worth a hop
    boolean passes(String table, String hook, Packet packet, boolean shown, Stage stage, Spot... spots) {
        Verdict verdict = ask(table, hook, packet);
        Phrase title = HookWords.title(table, hook, packet);
        Phrase detail = HookWords.detail(verdict, hook);
        String chain = verdict.decider() == null ? table + " " + hook : "";
        return switch (verdict.kind()) {
            case ACCEPTED, TRANSLATED, DISGUISED, MASQUERADED -> {
                if (shown) {
                    add(stage, Mark.OK, title, detail, verdict, chain, spots);
                }
                yield true;
            }
            case UNKNOWN -> {
                add(stage, Mark.UNKNOWN, title, detail, verdict, "", spots);
                yield true;
            }
            case DROPPED, REJECTED -> stopped(stage, title, table, hook, packet, verdict, spots);
        };
    }

    /// A hop for a rule, or a policy, that lets the packet no further.
    boolean stopped(
            Stage stage, Phrase title, String table, String hook, Packet packet, Verdict verdict, Spot... spots) {
        remedy = new Remedies(this).ofDrop(verdict, packet);
        String chain = verdict.decider() == null ? table + " " + hook : "";
        add(stage, Mark.FAILS, title, HookWords.detail(verdict, hook), verdict, chain, spots);
        return false;
    }

    Path path(Phrase title) {
        return new Path(question, title, Path.verdict(hops), hops, aim, remedy);
    }
}
