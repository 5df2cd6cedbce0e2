package dev.patchbay.engine.firewall;

import dev.patchbay.engine.protocol.KernelRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What each chain of a family holds, top down, as long as nobody else changes it. Immutable.
///
/// Counters are those of the last reading, and a rule's own number may be out of date: its place in the list counts.
///
/// @param builtIn chains that the kernel calls by itself
/// @param strangers what [Transactions#strangers] says as long as this holds
record KnownRules(Map<Chain, List<KernelRule>> chains, List<Chain> builtIn, long strangers) {

    static KnownRules of(SavedRules saved, long strangers) {
        return new KnownRules(saved.byChain(), saved.builtIn(), strangers);
    }

    boolean has(Chain chain) {
        return chains.containsKey(chain);
    }

    List<KernelRule> in(Chain chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /// After a script that was planned on exactly these rules.
    KnownRules after(RuleScript script) {
        Map<Chain, List<KernelRule>> next = new HashMap<>(chains);
        Map<Chain, List<KernelRule>> edited = new HashMap<>();
        for (Edit edit : script.edits()) {
            List<KernelRule> rules = edited.computeIfAbsent(
                    edit.chain(), chain -> new ArrayList<>(chains.getOrDefault(chain, List.of())));
            switch (edit) {
                case Edit.NewChain _, Edit.Policy _ -> {}
                case Edit.RemoveChain(Chain chain) -> {
                    edited.remove(chain);
                    next.remove(chain);
                }
                case Edit.Insert insert ->
                    rules.add(
                            insert.last() ? rules.size() : insert.number() - 1,
                            new KernelRule(
                                    insert.chain().family(),
                                    insert.chain().table(),
                                    insert.chain().name(),
                                    insert.number(),
                                    insert.packets(),
                                    insert.bytes(),
                                    insert.specification()));
                case Edit.Delete delete -> rules.remove(delete.number() - 1);
            }
        }
        next.putAll(edited);
        // A table, and with it its built-in chains, comes to be when it is first written to.
        List<Chain> more = new ArrayList<>(builtIn);
        edited.keySet().stream()
                .filter(chain -> !has(chain) && !chain.isOwn() && !chain.name().equals(RuleLayout.USER))
                .forEach(more::add);
        return new KnownRules(next, more, strangers);
    }
}
