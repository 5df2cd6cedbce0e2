package dev.patchbay.engine.firewall;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.rule.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each chain of a family holds, top down, as long as nobody else changes it. Immutable.
///
/// @param builtIn chains that the kernel calls by itself
/// @param foreignGeneration what [TransactionCounter#foreign] says as long as this holds
record RuleCache(Map<Chain, List<CachedRule>> chains, List<Chain> builtIn, long foreignGeneration) {

    /// @param packets when it was last read, and so `bytes`
    record CachedRule(String specification, long packets, long bytes) {
        static CachedRule of(KernelRule rule) {
            return new CachedRule(rule.specification(), rule.packets(), rule.bytes());
        }
    }

    static RuleCache of(SavedRules saved, long strangers) {
        Map<Chain, List<CachedRule>> chains = new HashMap<>();
        saved.byChain()
                .forEach((chain, rules) ->
                        chains.put(chain, rules.stream().map(CachedRule::of).toList()));
        return new RuleCache(chains, saved.builtIn(), strangers);
    }

    boolean hasChain(Chain chain) {
        return chains.containsKey(chain);
    }

    List<CachedRule> rulesOf(Chain chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /// Those that hold nothing but rules of ours.
    List<Chain> ownChains() {
        return chains.keySet().stream().filter(Chain::isOwn).toList();
    }

    /// After a script that was planned on exactly these rules.
    ///
    /// @return null when it was planned on others
    @Nullable
    RuleCache apply(RuleScript script) {
        Map<Chain, List<CachedRule>> next = new HashMap<>(chains);
        Map<Chain, List<CachedRule>> edited = new HashMap<>();
        for (Edit edit : script.edits()) {
            List<CachedRule> rules = edited.computeIfAbsent(edit.chain(), chain -> new ArrayList<>(rulesOf(chain)));
            switch (edit) {
                case Edit.NewChain _, Edit.Policy _ -> {}
                case Edit.RemoveChain(Chain chain) -> {
                    edited.remove(chain);
                    next.remove(chain);
                }
                case Edit.Insert insert -> {
                    int index = insert.last() ? rules.size() : insert.number() - 1;
                    if (index > rules.size()) {
                        return null;
                    }
                    rules.add(index, new CachedRule(insert.specification(), insert.packets(), insert.bytes()));
                }
                case Edit.Delete delete -> {
                    int index = delete.number() - 1;
                    if (index >= rules.size()
                            || !delete.matches(rules.get(index).specification())) {
                        return null;
                    }
                    rules.remove(index);
                }
            }
        }
        next.putAll(edited);
        // A table, and with it its built-in chains, comes to be when it is first written to.
        List<Chain> more = new ArrayList<>(builtIn);
        edited.keySet().stream()
                .filter(chain -> !hasChain(chain) && !chain.isOwn() && !chain.isUsers())
                .forEach(more::add);
        return new RuleCache(next, more, foreignGeneration);
    }
}
