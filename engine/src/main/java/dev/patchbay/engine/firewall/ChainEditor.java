package dev.patchbay.engine.firewall;

import dev.patchbay.engine.firewall.RuleCache.CachedRule;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.ruleset.ExternalPublishRules;
import dev.patchbay.engine.ruleset.Rule;
import dev.patchbay.engine.ruleset.Rule.Placement;
import dev.patchbay.engine.ruleset.RuleLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// One chain while its edits are found: holds what the chain will hold after the edits so far.
final class ChainEditor {
    private final Chain chain;
    private final List<Edit> edits;
    private final List<CachedRule> original;
    private List<CachedRule> rules;
    private boolean edited;

    /// @param edits where the edits of this chain are added
    ChainEditor(Chain chain, List<CachedRule> rules, List<Edit> edits) {
        this.chain = chain;
        this.original = rules;
        this.rules = rules;
        this.edits = edits;
    }

    Chain chain() {
        return chain;
    }

    boolean isEdited() {
        return edited;
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /// Chains of others can be long, so only one that is edited is copied.
    private void edit(Edit edit) {
        if (!edited) {
            edited = true;
            rules = new ArrayList<>(rules);
        }
        edits.add(edit);
    }

    /// What the chain holds in the kernel.
    List<String> originalSpecifications() {
        return original.stream().map(CachedRule::specification).toList();
    }

    List<String> specifications() {
        return rules.stream().map(CachedRule::specification).toList();
    }

    void delete(Rule rule) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).specification().equals(rule.specification())) {
                delete(i);
                return;
            }
        }
    }

    /// Keeps as many of our rules as possible that are in the desired order, and deletes the rest of ours.
    void deleteUnlessInOrder(List<Rule> desired, Predicate<String> ours) {
        List<String> there = specifications();
        List<String> order = desired.stream().map(Rule::specification).toList();
        boolean[] kept = LongestOrderedSubsequence.mark(there, order);
        for (int i = kept.length - 1; i >= 0; i--) {
            if ((!kept[i] && ours.test(there.get(i))) || isBelowDockerJump(there, i)) {
                delete(i);
            }
        }
    }

    /// Docker puts its own rules to the top again whenever it starts.
    private static boolean isBelowDockerJump(List<String> specifications, int index) {
        return specifications.get(index).equals(ExternalPublishRules.JUMP.text())
                && specifications.subList(0, index).stream().anyMatch(RuleLayout.DOCKER_TOP_JUMPS::contains);
    }

    /// Adds those of the desired rules that are wanted and not there. Each goes below the one it follows in the
    /// desired order; the first of the head goes to the top, the first of the tail above the next of the tail,
    /// or to the end. So our rules keep their order among one another wherever others have put theirs.
    void insert(List<Rule> desired, Predicate<Rule> wanted) {
        Set<String> present = new HashSet<>(specifications());
        int next = -1;
        for (int i = 0; i < desired.size(); i++) {
            Rule rule = desired.get(i);
            if (rule.placement() == Placement.TAIL
                    && (i == 0 || desired.get(i - 1).placement() == Placement.HEAD)) {
                next = -1;
            }
            if (present.contains(rule.specification())) {
                next = indexOf(rule.specification(), Math.max(next, 0)) + 1;
            } else if (wanted.test(rule)) {
                int index = next >= 0
                        ? next
                        : rule.placement() == Placement.HEAD ? headIndex() : tailIndex(desired, i, present);
                edit(new Edit.Insert(chain, index + 1, index == rules.size(), rule.specification(), 0, 0));
                rules.add(index, new CachedRule(rule.specification(), 0, 0));
                present.add(rule.specification());
                next = index + 1;
            }
        }
    }

    /// Below the chain in which a person may forbid what any container is sent.
    private int headIndex() {
        return !rules.isEmpty() && rules.getFirst().specification().equals("-j " + RuleLayout.DOCKER_USER) ? 1 : 0;
    }

    private int tailIndex(List<Rule> desired, int from, Set<String> present) {
        for (Rule rule : desired.subList(from, desired.size())) {
            if (present.contains(rule.specification())) {
                return indexOf(rule.specification(), 0);
            }
        }
        return rules.size();
    }

    /// Rules mostly are in order, so the search starts where the last one ended.
    private int indexOf(String specification, int start) {
        for (int i = 0; i < rules.size(); i++) {
            int index = (start + i) % rules.size();
            if (rules.get(index).specification().equals(specification)) {
                return index;
            }
        }
        throw new IllegalStateException("no such rule in " + chain);
    }

    private void delete(int index) {
        CachedRule rule = rules.get(index);
        boolean writable = rule.specification().chars().noneMatch(Character::isISOControl);
        edit(new Edit.Delete(
                chain,
                index + 1,
                index == rules.size() - 1,
                writable ? rule.specification() : null,
                rule.packets(),
                rule.bytes()));
        rules.remove(index);
    }
}
