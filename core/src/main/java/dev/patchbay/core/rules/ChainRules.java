package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// One chain with its rules in order.
///
/// @param references number of rules in the table that jump here
public record ChainRules(KernelChain chain, List<KernelRule> rules, int references) {
    /// Hooks in the order in which a packet passes them; a table lacks some.
    private static final List<String> HOOKS = List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

    public ChainRules {
        rules = List.copyOf(rules);
    }

    public boolean builtIn() {
        return HOOKS.contains(chain.name());
    }

    /// The chains of one family's table in the order in which a packet meets them: hooks first, then the
    /// others in the order of the jumps to them, and at the end those without a jump to them.
    public static List<ChainRules> inTraversalOrder(HostRules sample, Family family, String table) {
        List<KernelRule> rules = sample.rules().stream()
                .filter(rule -> rule.family() == family && rule.table().equals(table))
                .sorted(Comparator.comparingInt(KernelRule::number))
                .toList();
        // Grouped by chain first, because there may be thousands of rules, read every second.
        Map<String, List<KernelRule>> own = new HashMap<>();
        Map<String, Set<String>> targets = new HashMap<>();
        Map<String, Integer> references = new HashMap<>();
        for (KernelRule rule : rules) {
            String target = RuleColumns.target(rule);
            own.computeIfAbsent(rule.chain(), _ -> new ArrayList<>()).add(rule);
            targets.computeIfAbsent(rule.chain(), _ -> new LinkedHashSet<>()).add(target);
            references.merge(target, 1, Integer::sum);
        }
        Map<String, KernelChain> unseen = new LinkedHashMap<>();
        sample.chains().stream()
                .filter(chain -> chain.family() == family && chain.table().equals(table))
                .sorted(Comparator.comparing(KernelChain::name))
                .forEach(chain -> unseen.put(chain.name(), chain));
        SequencedMap<String, KernelChain> ordered = new LinkedHashMap<>();
        HOOKS.forEach(hook -> move(hook, unseen, ordered));
        for (int i = 0; i < ordered.size(); i++) {
            String name = List.copyOf(ordered.keySet()).get(i);
            targets.getOrDefault(name, Set.of()).forEach(target -> move(target, unseen, ordered));
        }
        List.copyOf(unseen.keySet()).forEach(name -> move(name, unseen, ordered));
        return ordered.values().stream()
                .map(chain -> new ChainRules(
                        chain, own.getOrDefault(chain.name(), List.of()), references.getOrDefault(chain.name(), 0)))
                .toList();
    }

    private static void move(String name, Map<String, KernelChain> from, Map<String, KernelChain> to) {
        KernelChain chain = from.remove(name);
        if (chain != null) {
            to.put(name, chain);
        }
    }
}
