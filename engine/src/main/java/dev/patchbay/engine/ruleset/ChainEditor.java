package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.firewall.Edit;
import dev.patchbay.engine.firewall.RuleCache.CachedRule;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.RuleParser;
import dev.patchbay.engine.ruleset.Rule.Placement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// One chain while its edits are found: holds what the chain will hold after the edits so far.
final class ChainEditor {
    private final Chain chain;
    private final List<Edit> edits;
    private final Map<String, CachedRule> former;
    private List<CachedRule> rules;
    private boolean edited;

    /// @param former rules by their text that stood elsewhere and may come here, with their counters
    /// @param edits where the edits of this chain are added
    ChainEditor(Chain chain, List<CachedRule> rules, Map<String, CachedRule> former, List<Edit> edits) {
        this.chain = chain;
        this.former = former;
        this.rules = rules;
        this.edits = edits;
    }

    Chain chain() {
        return chain;
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

    private List<String> specifications() {
        return rules.stream().map(CachedRule::specification).toList();
    }

    void delete(Rule rule) {
        String specification = rule.specification();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).specification().equals(specification)) {
                delete(i);
                return;
            }
        }
    }

    /// Keeps as many of our rules as possible that are in the desired order, and deletes the rest of ours: from the
    /// top down, so that iptables finds each at once when all of a long chain go.
    void deleteUnlessInOrder(List<Rule> desired, Predicate<String> ours) {
        List<String> there = specifications();
        List<String> order = desired.stream().map(Rule::specification).toList();
        boolean[] kept = LongestOrderedSubsequence.mark(there, order);
        int deleted = 0;
        for (int i = 0; i < kept.length; i++) {
            if ((!kept[i] && ours.test(there.get(i))) || isBelowDockerJump(there, i)) {
                delete(i - deleted);
                deleted++;
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
        int firstEdit = edits.size();
        int next = -1;
        for (int i = 0; i < desired.size(); i++) {
            Rule rule = desired.get(i);
            String specification = rule.specification();
            if (rule.placement() == Placement.TAIL
                    && (i == 0 || desired.get(i - 1).placement() == Placement.HEAD)) {
                next = -1;
            }
            if (present.contains(specification)) {
                next = indexOf(specification, Math.max(next, 0)) + 1;
            } else if (wanted.test(rule)) {
                int index = next >= 0
                        ? next
                        : rule.placement() == Placement.HEAD ? headIndex() : tailIndex(desired, i, present);
                CachedRule added = former.getOrDefault(specification, new CachedRule(specification, 0, 0));
                edit(new Edit.Insert(
                        chain, index + 1, index == rules.size(), specification, added.packets(), added.bytes()));
                rules.add(index, added);
                present.add(specification);
                next = index + 1;
            }
        }
        insertAtHead(edits.subList(firstEdit, edits.size()));
    }

    /// Rules that go to the top one below the other are inserted at the top one after the other, the lowest first:
    /// for any place further down iptables would read the chain, and others with it.
    private static void insertAtHead(List<Edit> insertions) {
        List<Edit> block = new ArrayList<>();
        for (Edit edit : insertions) {
            if (!(edit instanceof Edit.Insert insert) || insert.last() || insert.number() != block.size() + 1) {
                break;
            }
            block.addFirst(insert.withNumber(1));
        }
        for (int i = 0; i < block.size(); i++) {
            insertions.set(i, block.get(i));
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
        String specification = rule.specification();
        boolean writable = specification.chars().noneMatch(Character::isISOControl);
        boolean byNumber =
                chain.isOwn() && (indexOf(specification, 0) != index || RuleParser.parse(chain, specification) == null);
        edit(new Edit.Delete(
                chain,
                index + 1,
                index == rules.size() - 1,
                byNumber,
                writable ? specification : null,
                rule.packets(),
                rule.bytes()));
        rules.remove(index);
    }
}
