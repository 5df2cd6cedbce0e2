package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NfTables;
import dev.patchbay.engine.netfilter.NftDeleteBatch;
import dev.patchbay.engine.rule.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs a script by which rules only go. iptables reads whole chains for each rule that goes, with all that they hold;
/// the kernel is asked for the handles alone, and no rule is copied or understood.
final class NftRuleDeleter {
    private static final String STEP = "delete firewall rules by their handles";
    /// A longer script is worth reading whole chains, and the socket's buffer has no room for it.
    private static final int MAX_EDITS = 500;

    private final Family family;
    private final RuleCache sure;
    private final Map<Chain, List<Long>> handles = new HashMap<>();

    /// @param sure what the kernel holds
    NftRuleDeleter(Family family, RuleCache sure) {
        this.family = family;
        this.sure = sure;
    }

    static boolean isSuitable(RuleScript script) {
        return script.edits().size() <= MAX_EDITS && script.edits().stream().allMatch(Edit.Delete.class::isInstance);
    }

    /// @param generation of the ruleset that the kernel held when that was known
    /// @throws EngineException when nothing is in force of it, as when somebody has changed a rule since
    void run(RuleScript script, long generation) throws EngineException {
        NftDeleteBatch batch = new NftDeleteBatch(family, generation);
        for (Edit edit : script.edits()) {
            if (edit instanceof Edit.Delete delete) {
                List<Long> rules = handles(delete.chain());
                if (delete.number() > rules.size()) {
                    throw new EngineException(STEP, "the rules are not those that the change was planned for");
                }
                batch.add(delete.chain().table(), delete.chain().name(), rules.remove(delete.number() - 1));
            }
        }
        batch.commit();
    }

    private List<Long> handles(Chain chain) throws EngineException {
        List<Long> known = handles.get(chain);
        if (known != null) {
            return known;
        }
        List<Long> read = new ArrayList<>(NfTables.handles(family, chain.table(), chain.name()));
        if (read.size() != sure.rulesOf(chain).size()) {
            throw new EngineException(STEP, "the rules of " + chain + " are others than iptables shows");
        }
        handles.put(chain, read);
        return read;
    }
}
