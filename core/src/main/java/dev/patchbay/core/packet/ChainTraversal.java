package dev.patchbay.core.packet;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.RuleStatement.ChainRule;
import dev.patchbay.core.packet.RuleStatement.ChainRule.Outcome;
import dev.patchbay.core.packet.RuleStatement.Effect;
import dev.patchbay.core.rules.FirewallRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Traverses the chains of one table at one hook with one packet. When a rule has several possible
/// outcomes, all paths are followed; if they have the same verdict, that is the result.
final class ChainTraversal {
    /// Maximum number of forks in one traversal; beyond it the verdict is unknown.
    private static final int MAX_FORKS = 64;

    private final BaseChain start;
    private final Function<String, List<ChainRule>> chains;
    private MatchContext context;
    private int forks;

    /// The rest of a chain, and the calling chain to which a packet returns at its end.
    private record Frame(String chain, int next, @Nullable Frame caller) {
        Frame advanced() {
            return new Frame(chain, next + 1, caller);
        }
    }

    /// @param chains the rules of each chain of the table
    ChainTraversal(BaseChain start, Function<String, List<ChainRule>> chains, MatchContext context) {
        this.start = start;
        this.chains = chains;
        this.context = context;
    }

    HookVerdict verdict(Packet packet) {
        if (start.ofBridge()) {
            context = context.inBridge();
        } else if (start.hook().isBeforeConntrack(start.priority())
                && !packet.in().equals("lo")) {
            // A packet over the loopback keeps its entry of conntrack from the output hook.
            context = context.beforeConntrack();
        }
        return traverse(new Frame(start.name(), 0, null), packet, List.of());
    }

    private HookVerdict traverse(Frame from, Packet sent, List<FirewallRule> before) {
        List<FirewallRule> met = new ArrayList<>(before);
        Frame frame = from;
        Packet packet = sent;
        while (true) {
            List<ChainRule> rules = chains.apply(frame.chain());
            if (frame.next() >= rules.size()) {
                if (frame.caller() == null) {
                    return policy(met, packet);
                }
                frame = frame.caller();
                continue;
            }
            ChainRule rule = rules.get(frame.next());
            List<Outcome> outcomes = rule.outcomes(packet, context);
            if (outcomes.size() > 1) {
                return traverseAll(outcomes, frame, rule, met);
            }
            Outcome outcome = outcomes.getFirst();
            packet = outcome.packet();
            if (outcome.matches()) {
                met.add(rule.origin());
            }
            if (outcome.effect() instanceof Effect.End end) {
                return ended(end, met, rule, packet);
            }
            Frame next = next(frame, outcome.effect());
            if (next == null) {
                return policy(met, packet);
            }
            frame = next;
        }
    }

    private HookVerdict traverseAll(List<Outcome> outcomes, Frame frame, ChainRule rule, List<FirewallRule> met) {
        List<FirewallRule> with = new ArrayList<>(met);
        with.add(rule.origin());
        List<HookVerdict> verdicts = outcomes.stream()
                .map(outcome -> follow(outcome, frame, rule, outcome.matches() ? with : met))
                .toList();
        HookVerdict first = verdicts.getFirst();
        Packet joined = verdicts.stream()
                .map(HookVerdict::packet)
                .reduce(Packet::joinMarks)
                .orElseThrow();
        return verdicts.stream().allMatch(first::hasSameEffect)
                ? first.withPacket(joined)
                : new HookVerdict(start, Kind.UNKNOWN, "", with, rule.origin(), joined);
    }

    private HookVerdict follow(Outcome outcome, Frame frame, ChainRule rule, List<FirewallRule> met) {
        if (outcome.effect() instanceof Effect.End end) {
            return ended(end, met, rule, outcome.packet());
        }
        Frame next = next(frame, outcome.effect());
        if (next == null) {
            return policy(met, outcome.packet());
        }
        return ++forks > MAX_FORKS
                ? new HookVerdict(start, Kind.UNKNOWN, "", met, null, outcome.packet())
                : traverse(next, outcome.packet(), met);
    }

    /// Where to continue after a rule without a verdict; null when the hook's policy decides.
    private @Nullable Frame next(Frame frame, Effect effect) {
        return switch (effect) {
            case Effect.Next _, Effect.NoMatch _ -> frame.advanced();
            case Effect.Jump(String chain) -> new Frame(chain, 0, frame.advanced());
            case Effect.Goto(String chain) -> new Frame(chain, 0, frame.caller());
            case Effect.Return _ -> frame.caller();
            case Effect.End _ -> null;
        };
    }

    private HookVerdict ended(Effect.End end, List<FirewallRule> met, ChainRule rule, Packet packet) {
        return new HookVerdict(start, end.kind(), end.natArgument(), met, rule.origin(), packet);
    }

    private HookVerdict policy(List<FirewallRule> met, Packet packet) {
        return new HookVerdict(start, start.drops() ? Kind.DROPPED : Kind.ACCEPTED, "", met, null, packet);
    }
}
