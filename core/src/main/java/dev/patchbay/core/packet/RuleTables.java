package dev.patchbay.core.packet;

import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.RuleOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parsed rules of one family, which can be evaluated for packets.
public final class RuleTables {
    private static final Set<String> MARK_TARGETS = Set.of("MARK", "CONNMARK");

    /// A parsed rule.
    ///
    /// @param target empty for a rule that only counts
    /// @param returnsHere whether a RETURN in the target chain returns here, which is not the case after
    ///     `-g`
    record Entry(
            KernelRule rule,
            List<RuleOption> matches,
            String target,
            boolean returnsHere,
            List<RuleOption> targetOptions) {
        static Entry of(KernelRule rule) {
            List<RuleOption> matches = new ArrayList<>();
            List<RuleOption> details = new ArrayList<>();
            String target = "";
            boolean jump = true;
            for (RuleOption option : RuleOption.parse(rule.specification())) {
                if (option.name().equals("-j") || option.name().equals("-g")) {
                    target = option.value();
                    jump = option.name().equals("-j");
                } else if (target.isEmpty()) {
                    matches.add(option);
                } else {
                    details.add(option);
                }
            }
            return new Entry(rule, List.copyOf(matches), target, jump, List.copyOf(details));
        }
    }

    private record Key(String table, String chain) {}

    private final Map<Key, KernelChain> chains = new HashMap<>();
    private final Map<Key, List<Entry>> lines = new HashMap<>();

    public RuleTables(HostRules sample, Family family) {
        sample.chains().stream()
                .filter(chain -> chain.family() == family)
                .forEach(chain -> chains.put(new Key(chain.table(), chain.name()), chain));
        sample.rules().stream()
                .filter(rule -> rule.family() == family)
                .sorted(Comparator.comparingInt(KernelRule::number))
                .forEach(rule -> lines.computeIfAbsent(new Key(rule.table(), rule.chain()), _ -> new ArrayList<>())
                        .add(Entry.of(rule)));
    }

    /// Whether some rule sets marks on packets or connections.
    public boolean marksPackets() {
        return lines.values().stream().flatMap(List::stream).anyMatch(line -> MARK_TARGETS.contains(line.target()));
    }

    /// Every rule, without an order.
    public List<KernelRule> rules() {
        return lines.values().stream().flatMap(List::stream).map(Entry::rule).toList();
    }

    /// The verdict for a packet at this hook. A missing table or chain accepts everything.
    public HookVerdict evaluate(String table, String hook, Packet packet, MatchContext context) {
        return new ChainTraversal(this, table, hook, new RuleMatcher(packet, context)).verdict();
    }

    @Nullable
    KernelChain chain(String table, String name) {
        return chains.get(new Key(table, name));
    }

    List<Entry> lines(String table, String chain) {
        return lines.getOrDefault(new Key(table, chain), List.of());
    }
}
