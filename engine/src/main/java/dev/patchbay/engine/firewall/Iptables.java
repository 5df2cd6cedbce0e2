package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.RuleChange;
import java.time.Duration;
import java.util.List;
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

    private final Family family;
    private final IptablesPrograms tool;
    private final TransactionCounter transactions;
    /// Null when nothing is known: never read, or the kernel does not tell who changes it.
    private @Nullable RuleCache cache;
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
        cache = null;
        boolean counted = !tool.isLegacy();
        long strangers = counted ? transactions.foreignGeneration() : 0;
        SavedRules saved =
                SavedRules.parse(family, tool.run("read the firewall rules", IptablesPrograms.Name.SAVE, "", "-c"));
        unreadable = saved.unreadable();
        unreadableTables = saved.unreadableTables();
        if (counted && unreadableTables.isEmpty() && transactions.foreignGeneration() == strangers) {
            cache = RuleCache.of(saved, strangers);
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
        if (NftRuleDeleter.isSuitable(script) && tryDeletion(script, sure)) {
            cache = isUnchangedByOthers(sure, 1) ? sure.apply(script) : null;
            return;
        }
        EngineException failure = tryRestore(script);
        if (failure == null && isUnchangedByOthers(sure, script.tables())) {
            cache = sure.apply(script);
        } else {
            verify(script, failure);
        }
    }

    /// @return false when nothing was deleted
    private boolean tryDeletion(RuleScript script, RuleCache sure) {
        try {
            new NftRuleDeleter(family, sure).run(script, transactions.generation());
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
