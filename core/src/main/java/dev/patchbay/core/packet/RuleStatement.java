package dev.patchbay.core.packet;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.rules.FirewallRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.BiFunction;

/// One statement of a rule: a match, a mark, a translation, a verdict.
@FunctionalInterface
interface RuleStatement {
    /// What it does with the packet: one effect, or every possible one.
    List<Effect> effects(Packet packet, MatchContext context);

    sealed interface Effect {
        /// The next statement follows.
        record Next(Packet packet) implements Effect {}

        /// The rule does not match; the next rule follows.
        record NoMatch() implements Effect {}

        record Jump(String chain) implements Effect {}

        record Goto(String chain) implements Effect {}

        record Return() implements Effect {}

        record End(Kind kind, String natArgument) implements Effect {}
    }

    static RuleStatement always(Effect effect) {
        return (_, _) -> List.of(effect);
    }

    static RuleStatement end(Kind kind) {
        return always(new Effect.End(kind, ""));
    }

    static RuleStatement match(BiFunction<Packet, MatchContext, Ternary> condition) {
        return (packet, context) -> matchEffects(condition.apply(packet, context), packet);
    }

    static List<Effect> matchEffects(Ternary matches, Packet packet) {
        return switch (matches) {
            case YES -> List.of(new Effect.Next(packet));
            case NO -> List.of(new Effect.NoMatch());
            case MAYBE -> List.of(new Effect.NoMatch(), new Effect.Next(packet));
        };
    }

    /// A rule as its statements.
    record ChainRule(FirewallRule origin, List<RuleStatement> statements) {
        /// @param packet after the rule
        /// @param effect of the last statement that was executed
        record Outcome(Packet packet, Effect effect) {
            boolean matches() {
                return !(effect instanceof Effect.NoMatch);
            }
        }

        public ChainRule {
            statements = List.copyOf(statements);
        }

        /// Every possible outcome; that of no match first.
        List<Outcome> outcomes(Packet packet, MatchContext context) {
            SequencedSet<Outcome> outcomes = new LinkedHashSet<>();
            collect(packet, context, 0, outcomes);
            List<Outcome> ordered = new ArrayList<>(outcomes);
            ordered.sort((one, other) -> Boolean.compare(one.matches(), other.matches()));
            return ordered;
        }

        private void collect(Packet packet, MatchContext context, int next, SequencedSet<Outcome> outcomes) {
            if (next == statements.size()) {
                outcomes.add(new Outcome(packet, new Effect.Next(packet)));
                return;
            }
            for (Effect effect : statements.get(next).effects(packet, context)) {
                if (effect instanceof Effect.Next(Packet changed)) {
                    collect(changed, context, next + 1, outcomes);
                } else {
                    outcomes.add(new Outcome(packet, effect));
                }
            }
        }
    }
}
