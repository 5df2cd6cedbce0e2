package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NewRuleEvents;
import dev.patchbay.engine.netfilter.NfTables;
import dev.patchbay.engine.netfilter.NftDeleteBatch;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.ruleset.RuleChange;
import java.time.Duration;
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
    public RuleScript plan(RuleChange change) throws EngineException {
        if (change.from(family).equals(change.to(family))) {
            return RuleScript.EMPTY;
        }
        RuleCache sure = changedByOthers() ? null : cache;
        return new ScriptPlanner(sure != null ? sure : RuleCache.of(read(), 0)).planChange(family, change);
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
        RuleCache sure = changedByOthers() ? null : cache;
        cache = null;
        if (sure == null) {
            requireReadable(script);
            verify(script, tryRestore(script));
            return;
        }
        if (isDeletion(script) && tryDeletion(script, sure)) {
            return;
        }
        try (NewRuleEvents events = NewRuleEvents.open()) {
            EngineException failure = tryRestore(script);
            if (failure == null && isUnchangedByOthers(sure, script.tables())) {
                RuleCache.Applied applied = sure.apply(script, events.handles(family));
                cache = applied == null ? null : applied.after();
            } else {
                verify(script, failure);
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
    private boolean tryDeletion(RuleScript script, RuleCache sure) {
        try {
            Map<Chain, List<Long>> asked = new HashMap<>();
            for (Edit edit : script.edits()) {
                if (!sure.hasHandles(edit.chain()) && !asked.containsKey(edit.chain())) {
                    asked.put(edit.chain(), NfTables.handles(edit.chain()));
                }
            }
            RuleCache.Applied applied = sure.withHandles(asked).apply(script, Map.of());
            if (applied == null || applied.deleted().stream().anyMatch(rule -> rule.handle() == RuleCache.UNKNOWN)) {
                return false;
            }
            NftDeleteBatch batch = new NftDeleteBatch(family, transactions.generation());
            for (int i = 0; i < script.edits().size(); i++) {
                batch.add(
                        script.edits().get(i).chain(), applied.deleted().get(i).handle());
            }
            batch.commit();
            cache = isUnchangedByOthers(sure, 1) ? applied.after() : null;
            return true;
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "left to iptables", e);
            return false;
        }
    }

    /// After `own` transactions, which nothing takes back any more.
    private boolean isUnchangedByOthers(RuleCache sure, int own) {
        try {
            return transactions.isUnchangedByOthers(sure.foreignGeneration(), own);
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
    private void verify(RuleScript script, @Nullable EngineException failure) throws EngineException {
        RuleScript done;
        try {
            done = script.appliedPart(read());
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

    /// No more than the one process; the rules of each table all are as written or all as they were.
    private void restore(RuleScript script) throws EngineException {
        tool.run(STEP, IptablesPrograms.Name.RESTORE, script.text(), "--noflush", "--wait");
    }
}
