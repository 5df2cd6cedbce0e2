package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Family;
import java.time.Duration;

/// The firewall of one family through the system's own iptables, legacy or nf_tables: one `iptables-restore` for a
/// script,
/// one `iptables-save` to read.
///
/// `iptables-restore` is atomic within a table only and its exit status is all it says, so before a script is
/// called done the kernel is read back, and tables that were committed when another one failed are taken back.
public final class Iptables implements Firewall {
    private static final String STEP = "change the firewall rules";

    private final Family family;
    private final Tool tool;

    public Iptables(Family family) {
        this(family, new Tool(family, Duration.ofSeconds(10)));
    }

    Iptables(Family family, Tool tool) {
        this.family = family;
        this.tool = tool;
    }

    @Override
    public String version() throws EngineException {
        return tool.run("read the version of iptables", Tool.Name.IPTABLES, "", "--version")
                .strip();
    }

    @Override
    public SavedRules read() throws EngineException {
        return SavedRules.parse(family, tool.run("read the firewall rules", Tool.Name.SAVE, "", "-c"));
    }

    @Override
    public void run(RuleScript script) throws EngineException {
        if (script.isEmpty()) {
            return;
        }
        EngineException failure = null;
        try {
            restore(script);
        } catch (EngineException e) {
            failure = e;
        }
        RuleScript done;
        try {
            done = script.inForce(read());
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
        tool.run(STEP, Tool.Name.RESTORE, script.text(), "--noflush", "--wait");
    }
}
