package dev.patchbay.engine.firewall;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.rule.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What each chain of a family holds, top down, as long as nobody else changes it. Immutable.
///
/// @param builtIn chains that the kernel calls by itself
/// @param foreignGeneration what [TransactionCounter#foreign] says as long as this holds
public record RuleCache(Map<Chain, List<CachedRule>> chains, List<Chain> builtIn, long foreignGeneration) {

    /// The handle of a rule that the kernel was not asked for.
    static final long UNKNOWN = 0;

    /// @param packets when it was last read, and so `bytes`
    /// @param handle the kernel's number of it within its table, never used again
    public record CachedRule(String specification, long packets, long bytes, long handle) {
        public CachedRule(String specification, long packets, long bytes) {
            this(specification, packets, bytes, UNKNOWN);
        }

        static CachedRule of(KernelRule rule) {
            return new CachedRule(rule.specification(), rule.packets(), rule.bytes());
        }

        CachedRule withHandle(long number) {
            return new CachedRule(specification, packets, bytes, number);
        }
    }

    /// @param after what the chains hold when a script has run
    /// @param deleted the rules that it deletes, in its order
    record Applied(RuleCache after, List<CachedRule> deleted) {}

    public static RuleCache of(SavedRules saved, long strangers) {
        Map<Chain, List<CachedRule>> chains = new HashMap<>();
        saved.byChain()
                .forEach((chain, rules) ->
                        chains.put(chain, rules.stream().map(CachedRule::of).toList()));
        return new RuleCache(chains, saved.builtIn(), strangers);
    }

    /// With handles of all rules of some chains, top down; those of a chain with another number of rules are dropped.
    RuleCache withHandles(Map<Chain, List<Long>> handles) {
        Map<Chain, List<CachedRule>> known = new HashMap<>(chains);
        handles.forEach((chain, numbers) -> known.computeIfPresent(
                chain,
                (_, rules) -> numbers.size() != rules.size()
                        ? rules
                        : IntStream.range(0, rules.size())
                                .mapToObj(i -> rules.get(i).withHandle(numbers.get(i)))
                                .toList()));
        return new RuleCache(known, builtIn, foreignGeneration);
    }

    Map<Chain, List<Long>> handles() {
        Map<Chain, List<Long>> handles = new HashMap<>();
        chains.forEach((chain, rules) ->
                handles.put(chain, rules.stream().map(CachedRule::handle).toList()));
        return handles;
    }

    boolean hasHandles(Chain chain) {
        return rulesOf(chain).stream().noneMatch(rule -> rule.handle == UNKNOWN);
    }

    public boolean hasChain(Chain chain) {
        return chains.containsKey(chain);
    }

    public List<CachedRule> rulesOf(Chain chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /// Those that hold nothing but rules of ours.
    public List<Chain> ownChains() {
        return chains.keySet().stream().filter(Chain::isOwn).toList();
    }

    /// What a script does that was planned on exactly these rules.
    ///
    /// @param handles of the rules that it adds, by chain and in its order, as far as they are known
    /// @return null when it was planned on others
    @Nullable
    Applied apply(RuleScript script, Map<Chain, List<Long>> handles) {
        Map<Chain, Iterator<Long>> newHandles = new HashMap<>();
        handles.forEach((chain, known) -> {
            if (known.size() == script.insertions(chain)) {
                newHandles.put(chain, known.iterator());
            }
        });
        Map<Chain, List<CachedRule>> next = new HashMap<>(chains);
        Map<Chain, List<CachedRule>> edited = new HashMap<>();
        List<CachedRule> deleted = new ArrayList<>();
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
                    Iterator<Long> handle = newHandles.get(insert.chain());
                    rules.add(
                            index,
                            new CachedRule(
                                    insert.specification(),
                                    insert.packets(),
                                    insert.bytes(),
                                    handle == null ? UNKNOWN : handle.next()));
                }
                case Edit.Delete delete -> {
                    int index = delete.number() - 1;
                    if (index >= rules.size()
                            || !delete.matches(rules.get(index).specification())) {
                        return null;
                    }
                    deleted.add(rules.remove(index));
                }
            }
        }
        next.putAll(edited);
        // A table, and with it its built-in chains, comes to be when it is first written to.
        List<Chain> more = new ArrayList<>(builtIn);
        edited.keySet().stream()
                .filter(chain -> !hasChain(chain) && !script.edits().contains(new Edit.NewChain(chain)))
                .forEach(more::add);
        return new Applied(new RuleCache(next, more, foreignGeneration), deleted);
    }
}
