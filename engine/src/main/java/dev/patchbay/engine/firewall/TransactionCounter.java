package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netfilter.RulesetGeneration;

/// Tells our own transactions on the kernel's rules from those of others, for all families together: the kernel has
/// one count of them. One caller at a time.
public final class TransactionCounter {
    private long generation = -1;
    private long foreign;

    /// A number that is another one after each time somebody else may have changed a rule. Of the calling thread's
    /// network namespace.
    long foreignGeneration() throws EngineException {
        return update(0);
    }

    /// Called after `count` transactions of our own, with the number that [#foreign] gave just before them.
    ///
    /// @return whether there was no other meanwhile
    boolean isUnchangedByOthers(long before, int count) throws EngineException {
        return update(count) == before;
    }

    /// The kernel's number of the ruleset that was last asked about.
    long generation() {
        return generation;
    }

    private long update(int own) throws EngineException {
        long present = RulesetGeneration.current();
        if (present != generation + own) {
            foreign++;
        }
        generation = present;
        return foreign;
    }
}
