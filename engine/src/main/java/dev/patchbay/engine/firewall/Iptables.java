package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NewRuleEvents;
import dev.patchbay.engine.netfilter.NfTables;
import dev.patchbay.engine.netfilter.NftDeleteBatch;
import dev.patchbay.engine.rule.Chain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The firewall of one family through the system's own iptables, legacy or nf_tables: one `iptables-restore` for a
/// script, one `iptables-save` to read. Where rules only go, nf_tables is told their handles instead.
///
/// `iptables-restore` is atomic within a table only and its exit status is all it says. So before a script is
/// called done, either the kernel's count of transactions shows that there were just those of the script since the
/// rules were known, or all rules are read back; and tables that were committed when another one failed are taken
/// back.
public final class Iptables implements Firewall {
    private static final System.Logger LOG = System.getLogger(Iptables.class.getName());

    private static final String STEP = "change the firewall rules";

    /// A longer script is worth reading whole chains, and the socket's buffer has no room for it.
    private static final int MAX_DELETIONS = 500;

    private final Family family;
    private final IptablesPrograms tool;
    private final TransactionCounter transactions;
    /// Null when nothing is known: never read, or the kernel does not tell who changes it.
    @Nullable
    RuleCache cache;
    /// Null until somebody asked. The tool is not exchanged under a helper that runs.
    private @Nullable String version;

    private volatile List<Unreadable> unreadable = List.of();
    private Set<String> unreadableTables = Set.of();

    /// @param transactions the same for every family of a host
    public Iptables(Family family, TransactionCounter transactions) {
        this(family, new IptablesPrograms(family, Duration.ofSeconds(10)), transactions);
    }

    Iptables(Family family, IptablesPrograms tool, TransactionCounter transactions) {
        this.family = family;
        this.tool = tool;
        this.transactions = transactions;
    }

    @Override
    public String version() throws EngineException {
        String read = version;
        if (read == null) {
            read = tool.run("read the version of iptables", IptablesPrograms.Name.IPTABLES, "", "--version")
                    .strip();
            version = read;
        }
        return read;
    }

    @Override
    public SavedRules read() throws EngineException {
        RuleCache former = cache;
        cache = null;
        boolean counted = !tool.isLegacy();
        long strangers = counted ? transactions.foreignGeneration() : 0;
        SavedRules saved =
                SavedRules.parse(family, tool.run("read the firewall rules", IptablesPrograms.Name.SAVE, "", "-c"));
        unreadable = saved.unreadable();
        unreadableTables = saved.unreadableTables();
        if (counted && unreadableTables.isEmpty() && transactions.foreignGeneration() == strangers) {
            RuleCache read = RuleCache.of(saved, strangers);
            cache = former != null && former.foreignGeneration() == strangers
                    ? read.withHandles(former.handles())
                    : read;
        }
        return saved;
    }

    @Override
    public List<Unreadable> unreadable() {
        return unreadable;
    }

    @Override
    public RuleCache rules() throws EngineException {
        RuleCache known = changedByOthers() ? null : cache;
        return known != null ? known : RuleCache.of(read(), 0);
    }

    /// Always true for the legacy variant of iptables, whose changes the kernel does not count.
    @Override
    public boolean changedByOthers() throws EngineException {
        return cache == null || tool.isLegacy() || transactions.foreignGeneration() != cache.foreignGeneration();
    }

    @Override
    public boolean sendsEvents() {
        return !tool.isLegacy();
    }

    @Override
    public void run(RuleScript script) throws EngineException {
        if (script.isEmpty()) {
            return;
        }
        RuleCache before = rules();
        // The kernel tells who changes the rules.
        boolean counted = cache != null;
        cache = null;
        requireReadable(script);
        if (counted && isDeletion(script) && tryDeletion(script, before)) {
            return;
        }
        try (NewRuleEvents events = counted ? NewRuleEvents.open() : null) {
            EngineException failure = tryRestore(script);
            RuleCache.Applied applied =
                    events != null && failure == null && isUnchangedByOthers(before, script.tables())
                            ? before.apply(script, events.handles(family))
                            : null;
            if (applied == null) {
                verify(script, before, failure);
            } else {
                cache = applied.after();
            }
        }
    }

    private static boolean isDeletion(RuleScript script) {
        return script.edits().size() <= MAX_DELETIONS
                && script.edits().stream().allMatch(Edit.Delete.class::isInstance);
    }

    /// Deletes rules by their handles. The kernel is asked for those of a chain once: later the events of new rules
    /// tell theirs. No rule is copied or understood.
    ///
    /// @return false when nothing was deleted, as when somebody has changed a rule since
    private boolean tryDeletion(RuleScript script, RuleCache before) {
        try {
            Map<Chain, List<Long>> asked = new HashMap<>();
            for (Edit edit : script.edits()) {
                if (!before.hasHandles(edit.chain()) && !asked.containsKey(edit.chain())) {
                    asked.put(edit.chain(), NfTables.handles(edit.chain()));
                }
            }
            RuleCache.Applied applied = before.withHandles(asked).apply(script, Map.of());
            if (applied == null || applied.deleted().stream().anyMatch(rule -> rule.handle() == RuleCache.UNKNOWN)) {
                return false;
            }
            NftDeleteBatch batch = new NftDeleteBatch(family, transactions.generation());
            for (int i = 0; i < script.edits().size(); i++) {
                batch.add(
                        script.edits().get(i).chain(), applied.deleted().get(i).handle());
            }
            batch.commit();
            cache = isUnchangedByOthers(before, 1) ? applied.after() : null;
            return true;
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "left to iptables", e);
            return false;
        }
    }

    /// After `own` transactions, which nothing takes back any more.
    private boolean isUnchangedByOthers(RuleCache before, int own) {
        try {
            return transactions.isUnchangedByOthers(before.foreignGeneration(), own);
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "whether somebody else changed rules is not known", e);
            return false;
        }
    }

    /// What was written to a table that cannot be read could be neither checked nor taken back.
    private void requireReadable(RuleScript script) throws EngineException {
        for (Edit edit : script.edits()) {
            if (unreadableTables.contains(edit.chain().table())) {
                throw new EngineException(
                        STEP, SavedRules.unreadable(family, edit.chain().table()) + ": delete it with nft first");
            }
        }
    }

    /// @return why it failed, null when it did not
    private @Nullable EngineException tryRestore(RuleScript script) {
        try {
            restore(script);
            return null;
        } catch (EngineException e) {
            return e;
        }
    }

    /// Reads what became of a script, and takes back what there is of one that failed.
    private void verify(RuleScript script, RuleCache before, @Nullable EngineException failure) throws EngineException {
        try {
            RuleScript done = appliedPart(script, before, read());
            if (failure == null && done.edits().size() == script.edits().size()) {
                return;
            }
            RuleScript undo = done.inverse();
            if (!undo.isEmpty()) {
                restore(undo);
            }
        } catch (EngineException e) {
            if (failure != null) {
                e.addSuppressed(failure);
            }
            throw e;
        }
        throw failure != null
                ? failure
                : new EngineException(STEP, "the rules were not as written when they were read back");
    }

    /// A rule that may be there more than once.
    private record Line(Chain chain, String specification) {}

    /// The part of a script that is about tables which are as it leaves them: each rule that it is about is there as
    /// often as it has to be. Others may have edited the chains in the meantime.
    private static RuleScript appliedPart(RuleScript script, RuleCache before, SavedRules actual) {
        Map<Line, Integer> expected = counts(before);
        Map<Line, Integer> found = counts(RuleCache.of(actual, 0));
        for (Edit edit : script.edits()) {
            Line line = line(edit);
            if (line != null) {
                expected.merge(line, edit instanceof Edit.Insert ? 1 : -1, Integer::sum);
            }
        }
        List<Edit> done = new ArrayList<>();
        for (List<Edit> table : script.byTable().values()) {
            if (table.stream().allMatch(edit -> isInForce(edit, actual, expected, found))) {
                done.addAll(table);
            }
        }
        return new RuleScript(done);
    }

    private static boolean isInForce(
            Edit edit, SavedRules actual, Map<Line, Integer> expected, Map<Line, Integer> found) {
        return switch (edit) {
            case Edit.NewChain(Chain chain) -> actual.find(chain) != null;
            case Edit.RemoveChain(Chain chain) -> actual.find(chain) == null;
            case Edit.Policy policy -> {
                KernelChain chain = actual.find(policy.chain());
                yield chain != null && chain.policy().equals(policy.to());
            }
            case Edit.Insert _, Edit.Delete _ -> {
                Line line = line(edit);
                yield line == null || expected.getOrDefault(line, 0).equals(found.getOrDefault(line, 0));
            }
        };
    }

    private static Map<Line, Integer> counts(RuleCache rules) {
        Map<Line, Integer> counts = new HashMap<>();
        rules.chains()
                .forEach((chain, lines) ->
                        lines.forEach(rule -> counts.merge(new Line(chain, rule.specification()), 1, Integer::sum)));
        return counts;
    }

    /// The rule that an edit is about; null of a chain, and of a rule whose words are not known.
    private static @Nullable Line line(Edit edit) {
        String specification = switch (edit) {
            case Edit.Insert insert -> insert.specification();
            case Edit.Delete delete -> delete.specification();
            case Edit.NewChain _, Edit.RemoveChain _, Edit.Policy _ -> null;
        };
        return specification == null ? null : new Line(edit.chain(), specification);
    }

    /// No more than the one process; the rules of each table all are as written or all as they were.
    private void restore(RuleScript script) throws EngineException {
        tool.run(STEP, IptablesPrograms.Name.RESTORE, script.text(), "--noflush", "--wait");
    }
}
