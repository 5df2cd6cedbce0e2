package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NewRule;
import dev.patchbay.engine.netfilter.NewRuleEvents;
import dev.patchbay.engine.netfilter.NfTables;
import dev.patchbay.engine.netfilter.NftTransaction;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.rule.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs a script as one transaction of the kernel, in which the rules that go and the places of those that come are
/// named by handles.
///
/// iptables reads whole chains to find a rule or a place. So it is only given new rules to write to the end of a
/// chain that nothing leads to ([StagingChain]). One batch then copies them to their places as the kernel told of
/// them, whatever the words of this version of iptables are, deletes those that go, and the drafts. All tables
/// change at one moment; until then nothing has, and a crash leaves no more than a draft, which a repair removes.
final class NftBatch {
    private static final System.Logger LOG = System.getLogger(NftBatch.class.getName());

    private static final String STEP = "change the firewall rules by their handles";
    /// A longer script is worth reading whole chains, and the sockets' buffers have no room for its rules.
    private static final int MAX_EDITS = 100;

    private static final Pattern PROTOCOL = Pattern.compile("(! )?-p (\\S+)");
    private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 6, "udp", 17, "sctp", 132);

    private final Family family;
    private final IptablesPrograms tool;
    private final TransactionCounter transactions;

    NftBatch(Family family, IptablesPrograms tool, TransactionCounter transactions) {
        this.family = family;
        this.tool = tool;
        this.transactions = transactions;
    }

    /// Whether iptables itself would read whole chains for it.
    static boolean isSuitable(RuleScript script) {
        List<Edit> edits = script.edits();
        return edits.size() <= MAX_EDITS
                && edits.stream().allMatch(edit -> edit instanceof Edit.Insert || edit instanceof Edit.Delete)
                && edits.stream()
                        .anyMatch(edit -> edit instanceof Edit.Delete
                                || (edit instanceof Edit.Insert insert && insert.needsPosition()));
    }

    /// @param sure what the kernel holds
    /// @return what it holds afterwards; null when somebody else has changed something since
    /// @throws EngineException when nothing is in force of it
    @Nullable
    RuleCache run(RuleScript script, RuleCache sure) throws EngineException {
        StagingChain draft = StagingChain.of(script);
        if (!script.chains().stream().allMatch(sure::hasChain)
                || draft.chains().stream().anyMatch(sure::hasChain)) {
            throw new EngineException(STEP, "a chain is not there yet, or a draft still is");
        }
        RuleCache named = withHandles(script, sure);
        RuleCache planned = named.apply(script, insertion -> -1 - insertion);
        if (planned == null) {
            throw new EngineException(STEP, "the rules are not those that the change was planned for");
        }
        try (NewRuleEvents news = NewRuleEvents.open()) {
            boolean alone = true;
            List<Integer> placed;
            try {
                List<NewRule> drafted = List.of();
                if (!draft.rules().isEmpty()) {
                    drafted = stage(draft, news);
                    alone = transactions.isUnchangedByOthers(
                            sure.foreignGeneration(), draft.chains().size());
                }
                NftTransaction batch = new NftTransaction(family, transactions.generation());
                placed = addEdits(batch, script, named, planned, drafted);
                draft.chains().forEach(chain -> batch.deleteChain(chain.table(), chain.name()));
                batch.commit();
            } catch (EngineException e) {
                throw discardStaging(draft, e);
            }
            return alone && isUnchangedByOthers(sure) ? cacheAfter(script, named, placed, news) : null;
        }
    }

    /// After the batch, which nothing takes back any more.
    private boolean isUnchangedByOthers(RuleCache sure) {
        try {
            return transactions.isUnchangedByOthers(sure.foreignGeneration(), 1);
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "whether somebody else changed rules is not known", e);
            return false;
        }
    }

    /// Handles are asked for once, after that each change says which rules it made.
    private RuleCache withHandles(RuleScript script, RuleCache sure) throws EngineException {
        RuleCache named = sure;
        for (Chain chain : script.chains()) {
            if (!named.hasHandles(chain)) {
                named = named.withHandles(chain, NfTables.handles(family, chain.table(), chain.name()));
            }
            if (named == null) {
                throw new EngineException(STEP, "the rules of " + chain + " are others than iptables shows");
            }
        }
        return named;
    }

    /// Whoever changes other rules meanwhile does no harm: a handle stays that of its rule.
    private List<NewRule> stage(StagingChain draft, NewRuleEvents news) throws EngineException {
        tool.run(STEP, IptablesPrograms.Name.RESTORE, draft.text(), "--noflush", "--wait");
        List<Chain> written = draft.rules().stream().map(Edit.Insert::chain).toList();
        List<NewRule> drafted = RuleHandles.of(written, family, news);
        if (drafted == null) {
            throw new EngineException(STEP, "the kernel did not tell of the rules as written");
        }
        return drafted;
    }

    private EngineException discardStaging(StagingChain draft, EngineException failure) {
        for (Chain chain : draft.chains()) {
            NftTransaction batch = new NftTransaction(family, NftTransaction.ANY_GENERATION);
            batch.deleteChain(chain.table(), chain.name());
            try {
                batch.commit();
            } catch (EngineException e) {
                if (e.errno() != Errno.ENOENT) {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }

    /// @param named what the chains hold
    /// @param planned what they are to hold: a new rule has the number -1 for the first of the script, then -2
    /// @return which insertions of the script the batch makes, in its order
    private static List<Integer> addEdits(
            NftTransaction batch, RuleScript script, RuleCache named, RuleCache planned, List<NewRule> drafted)
            throws EngineException {
        List<Integer> placed = new ArrayList<>();
        for (Chain chain : script.chains()) {
            List<CachedRule> next = planned.rulesOf(chain);
            Set<Long> staying = new HashSet<>();
            next.forEach(rule -> staying.add(rule.handle()));
            for (CachedRule rule : named.rulesOf(chain)) {
                if (!staying.contains(rule.handle())) {
                    batch.delete(chain.table(), chain.name(), rule.handle());
                }
            }
            long[] below = new long[next.size()];
            for (int i = below.length - 2; i >= 0; i--) {
                long handle = next.get(i + 1).handle();
                below[i] = handle > 0 ? handle : below[i + 1];
            }
            for (int i = 0; i < below.length; i++) {
                CachedRule rule = next.get(i);
                if (rule.handle() < 0) {
                    int insertion = (int) (-1 - rule.handle());
                    NewRule like = drafted.get(insertion);
                    batch.insert(chain.table(), chain.name(), below[i], like, protocol(rule.specification()));
                    placed.add(insertion);
                }
            }
        }
        return placed;
    }

    private static int protocol(String specification) throws EngineException {
        Matcher matcher = PROTOCOL.matcher(specification);
        if (!matcher.find()) {
            return 0;
        }
        Integer number = PROTOCOLS.get(matcher.group(2));
        if (matcher.group(1) != null || number == null) {
            throw new EngineException(STEP, "a rule is about a protocol that is none of ours");
        }
        return number;
    }

    private @Nullable RuleCache cacheAfter(
            RuleScript script, RuleCache named, List<Integer> placed, NewRuleEvents news) {
        List<Edit.Insert> insertions = script.inserts();
        List<NewRule> made = RuleHandles.of(
                placed.stream()
                        .map(insertion -> insertions.get(insertion).chain())
                        .toList(),
                family,
                news);
        return named.apply(
                script,
                insertion -> made != null && placed.contains(insertion)
                        ? made.get(placed.indexOf(insertion)).handle()
                        : 0);
    }
}
