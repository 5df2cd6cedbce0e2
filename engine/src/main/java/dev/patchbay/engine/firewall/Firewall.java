package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import java.util.List;

/// The packet filter of one family in one network namespace: that of the thread that calls. One caller at a time.
///
/// It knows rules, and nothing of the specs that call for them: who plans a change reads [#rules] and makes a script.
/// [RuleScript#lines] shows it, [#run] runs it, and running [RuleScript#inverse] takes it back.
public interface Firewall {
    /// The name and version of what does the work, as `iptables v1.8.9 (nf_tables)`.
    String version() throws EngineException;

    /// Every chain and rule that is in force now, of whoever.
    SavedRules read() throws EngineException;

    /// The chains and rules that are in force now, whose counters may be older. Reads them only when somebody else
    /// may have changed any since they were last read or changed through this.
    RuleCache rules() throws EngineException;

    /// What [#read] passed over when it was last called: lines, and whole tables that iptables cannot show.
    List<Unreadable> unreadable();

    /// Makes all edits of a script or none of them; starts no process for an empty one.
    void run(RuleScript script) throws EngineException;

    /// Whether somebody else may have changed any rule since the rules were last read or changed through this.
    boolean changedByOthers() throws EngineException;

    /// Whether the kernel tells when rules change; if not, only looking again shows it.
    boolean sendsEvents();
}
