package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.kernel.ProbeResult.Result;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Combines the derived path with the result of a probe.
public final class ProbeComparison {
    private ProbeComparison() {}

    /// @param before the rules before the probe
    /// @param after the rules after the answer or the timeout
    public static TracedPath merge(TracedPath derived, HostRules before, HostRules after, ProbeResult probe) {
        CounterDelta moved = new CounterDelta(before, after);
        // The kernel connects for a socket that only keeps the port, too.
        boolean passed = probe.result() == Result.ANSWERED
                && derived.hops().stream().noneMatch(hop -> hop.stage() == Stage.RESERVATION);
        List<Hop> hops = new ArrayList<>();
        for (Hop hop : derived.hops()) {
            Hop seen = moved.hasMoved(hop, derived.question().family()) ? hop.asObserved() : hop;
            hops.add(passed && hop.status() != Status.OK ? contradicted(seen) : seen);
        }
        Status mark = status(probe, derived);
        hops.add(new Hop(
                Stage.PROBE,
                mark,
                Evidence.PROBED,
                title(probe, derived),
                time(probe),
                mark == Status.FAILS && derived.verdict() == Verdict.REACHABLE
                        ? Message.of("probe.astray")
                        : Message.EMPTY,
                List.of(),
                "",
                List.of()));
        return new TracedPath(
                derived.question(),
                derived.title(),
                passed ? Verdict.REACHABLE : TracedPath.verdict(hops),
                hops,
                derived.destination(),
                passed ? null : derived.remedy());
    }

    /// The probe contradicts the derived hop, and is right.
    private static Hop contradicted(Hop hop) {
        return new Hop(
                hop.stage(),
                Status.UNKNOWN,
                hop.evidence(),
                hop.title(),
                hop.detail(),
                Message.of("probe.overruled"),
                hop.rules(),
                hop.chain(),
                hop.locations());
    }

    /// With UDP no answer is normal; a closed port would refuse.
    private static Status status(ProbeResult probe, TracedPath derived) {
        boolean silentUdp =
                probe.result() == Result.SILENT && derived.question().protocol() == Protocol.UDP;
        if (probe.result() == Result.ANSWERED) {
            return Status.OK;
        }
        return silentUdp ? derived.verdict() == Verdict.REACHABLE ? Status.OK : Status.UNKNOWN : Status.FAILS;
    }

    private static Message title(ProbeResult probe, TracedPath derived) {
        Protocol protocol = derived.question().protocol();
        return switch (probe.result()) {
            case ANSWERED -> protocol == Protocol.TCP ? Message.of("probe.connected") : Message.of("probe.answered");
            case REFUSED -> Message.of("hook.rejected");
            case SILENT -> protocol == Protocol.UDP ? Message.of("probe.notRefused") : Message.of("probe.silent");
            case UNREACHABLE ->
                probe.reason().isEmpty()
                        ? Message.of("probe.unreachable")
                        : Message.verbatim(probe.reason().toLowerCase(Locale.ROOT));
        };
    }

    private static Message time(ProbeResult probe) {
        long tenths = (probe.micros() + 50) / 100;
        return Message.of("probe.time", tenths / 10, tenths % 10);
    }

    /// Finds the rules whose counters changed.
    private static final class CounterDelta {
        private record RuleKey(Family family, String table, String chain, int number, String specification) {
            static RuleKey of(KernelRule rule) {
                return new RuleKey(rule.family(), rule.table(), rule.chain(), rule.number(), rule.specification());
            }
        }

        private final Map<RuleKey, Long> before;
        private final Map<RuleKey, Long> after;
        private final HostRules first;
        private final HostRules second;

        CounterDelta(HostRules first, HostRules second) {
            this.first = first;
            this.second = second;
            this.before = counts(first);
            this.after = counts(second);
        }

        private static Map<RuleKey, Long> counts(HostRules sample) {
            return sample.rules().stream().collect(Collectors.toMap(RuleKey::of, KernelRule::packets, (one, _) -> one));
        }

        boolean hasMoved(Hop hop, Family family) {
            if (!hop.chain().isEmpty()) {
                return policy(second, family, hop.chain()) > policy(first, family, hop.chain());
            }
            if (hop.rules().isEmpty() || !(hop.rules().getLast() instanceof FirewallRule.OfIptables(KernelRule rule))) {
                return false; // rules of nft need no counter
            }
            RuleKey decider = RuleKey.of(rule);
            return after.getOrDefault(decider, 0L) > before.getOrDefault(decider, Long.MAX_VALUE);
        }

        private static long policy(HostRules sample, Family family, String chain) {
            Function<KernelChain, String> name = it -> it.table() + " " + it.name();
            return sample.chains().stream()
                    .filter(it -> it.family() == family && name.apply(it).equals(chain))
                    .mapToLong(KernelChain::packets)
                    .findFirst()
                    .orElse(0);
        }
    }
}
