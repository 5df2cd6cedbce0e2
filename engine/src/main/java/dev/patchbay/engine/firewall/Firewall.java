package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.ruleset.Ruleset;
import java.util.List;

/// The packet filter of one network namespace: that of the thread that calls. One caller at a time.
///
/// To change something: [#plan] reads the kernel and says which edits lead there, [RuleScript#lines] shows them,
/// [#run] makes them, and running [RuleScript#inverse] takes them back.
public interface Firewall {
    /// The name and version of what does the work, as `iptables v1.8.9 (nf_tables)`.
    String version() throws EngineException;

    /// Every chain and rule that is in force now, of whoever.
    SavedRules read() throws EngineException;

    /// What [#read] passed over when it was last called: lines, and whole tables that iptables cannot show.
    List<Unreadable> unreadable();

    /// Makes all edits of a script or none of them; starts no process for an empty one.
    void run(RuleScript script) throws EngineException;

    /// The edits that make a change in the kernel as it is, at the cost of what it is about. What is there already is
    /// not added again and what is gone already is not removed, so a half-made change can be planned once more.
    RuleScript plan(RuleChange change) throws EngineException;

    /// Whether somebody else may have changed any rule since the rules were last read or changed through this.
    boolean changedByOthers() throws EngineException;

    /// Whether the kernel tells when rules change; if not, only looking again shows it.
    boolean sendsEvents();

    /// The edits that make all our rules equal to `desired` again, whatever became of them; empty when they are.
    /// Tables that cannot be read are left as they are.
    ///
    /// @param record rules that we may have made earlier, and that are to go unless they are desired
    default RuleScript planRepair(Ruleset desired, Ruleset record) throws EngineException {
        SavedRules saved = read();
        return RuleScript.forRepair(
                saved, desired.without(saved.unreadableTables()), record.without(saved.unreadableTables()));
    }
}
