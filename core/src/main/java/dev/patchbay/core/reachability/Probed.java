package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.reachability.Hop.Ground;
import dev.patchbay.core.reachability.Hop.Mark;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Path.Verdict;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.ProbeProtocol.Result;
import dev.patchbay.engine.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Joins what was derived with what a real packet did.
public final class Probed {
    private Probed() {}

    /// @param before the rules as they were before the packet was sent
    /// @param after likewise, when it had come back or was waited for in vain
    public static Path join(
            Path derived, Reply.CounterSample before, Reply.CounterSample after, Reply.ProbeResult probe) {
        Moved moved = new Moved(before, after);
        boolean passed = probe.result() == Result.ANSWERED;
        List<Hop> hops = new ArrayList<>();
        for (Hop hop : derived.hops()) {
            Hop seen = moved.at(hop, derived.question().family()) ? hop.observed() : hop;
            hops.add(passed && hop.mark() != Mark.OK ? overruled(seen) : seen);
        }
        Mark mark = mark(probe, derived);
        hops.add(new Hop(
                Stage.PROBE,
                mark,
                Ground.PROBED,
                title(probe, derived),
                time(probe),
                mark == Mark.FAILS && derived.verdict() == Verdict.REACHABLE ? Phrase.of("probe.astray") : Phrase.NONE,
                List.of(),
                "",
                List.of()));
        return new Path(
                derived.question(),
                derived.title(),
                passed ? Verdict.REACHABLE : Path.verdict(hops),
                hops,
                derived.aim(),
                passed ? null : derived.remedy());
    }

    /// The real packet is right.
    private static Hop overruled(Hop hop) {
        return new Hop(
                hop.stage(),
                Mark.UNKNOWN,
                hop.ground(),
                hop.title(),
                hop.detail(),
                Phrase.of("probe.overruled"),
                hop.rules(),
                hop.chain(),
                hop.spots());
    }

    /// With UDP silence is the usual answer; a closed port would be refused.
    private static Mark mark(Reply.ProbeResult probe, Path derived) {
        boolean silentUdp =
                probe.result() == Result.SILENT && derived.question().protocol() == Protocol.UDP;
        if (probe.result() == Result.ANSWERED) {
            return Mark.OK;
        }
        return silentUdp ? derived.verdict() == Verdict.REACHABLE ? Mark.OK : Mark.UNKNOWN : Mark.FAILS;
    }

    private static Phrase title(Reply.ProbeResult probe, Path derived) {
        Protocol protocol = derived.question().protocol();
        return switch (probe.result()) {
            case ANSWERED -> protocol == Protocol.TCP ? Phrase.of("probe.connected") : Phrase.of("probe.answered");
            case REFUSED -> Phrase.of("hook.rejected");
            case SILENT -> protocol == Protocol.UDP ? Phrase.of("probe.notRefused") : Phrase.of("probe.silent");
            case UNREACHABLE ->
                probe.reason().isEmpty()
                        ? Phrase.of("probe.unreachable")
                        : Phrase.verbatim(probe.reason().toLowerCase(Locale.ROOT));
        };
    }

    private static Phrase time(Reply.ProbeResult probe) {
        long tenths = (probe.micros() + 50) / 100;
        return Phrase.of("probe.time", tenths / 10, tenths % 10);
    }

    /// Whose counters moved.
    private static final class Moved {
        private record Place(Family family, String table, String chain, int number, String specification) {
            static Place of(KernelRule rule) {
                return new Place(rule.family(), rule.table(), rule.chain(), rule.number(), rule.specification());
            }
        }

        private final Map<Place, Long> before;
        private final Map<Place, Long> after;
        private final Reply.CounterSample first;
        private final Reply.CounterSample second;

        Moved(Reply.CounterSample first, Reply.CounterSample second) {
            this.first = first;
            this.second = second;
            this.before = counts(first);
            this.after = counts(second);
        }

        private static Map<Place, Long> counts(Reply.CounterSample sample) {
            return sample.rules().stream().collect(Collectors.toMap(Place::of, KernelRule::packets, (one, _) -> one));
        }

        boolean at(Hop hop, Family family) {
            if (!hop.chain().isEmpty()) {
                return policy(second, family, hop.chain()) > policy(first, family, hop.chain());
            }
            if (hop.rules().isEmpty()) {
                return false;
            }
            Place decider = Place.of(hop.rules().getLast());
            return after.getOrDefault(decider, 0L) > before.getOrDefault(decider, Long.MAX_VALUE);
        }

        private static long policy(Reply.CounterSample sample, Family family, String chain) {
            Function<KernelChain, String> name = it -> it.table() + " " + it.name();
            return sample.chains().stream()
                    .filter(it -> it.family() == family && name.apply(it).equals(chain))
                    .mapToLong(KernelChain::packets)
                    .findFirst()
                    .orElse(0);
        }
    }
}
