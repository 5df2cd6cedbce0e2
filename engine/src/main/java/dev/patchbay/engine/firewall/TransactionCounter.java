package dev.patchbay.engine.firewall;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netfilter.RulesetGeneration;

/// Tells our own transactions on the kernel's rules from those of others, for all families together: the kernel has
/// one count of them. One caller at a time.
public final class TransactionCounter {
    private long generation = -1;
    private long strangers;

    /// A number that is another one after each time somebody else may have changed a rule. Of the calling thread's
    /// network namespace.
    long strangers() throws EngineException {
        return now(0);
    }

    /// Called after `count` transactions of our own, with the number that [#strangers] gave just before them.
    ///
    /// @return whether there was no other meanwhile
    boolean alone(long before, int count) throws EngineException {
        return now(count) == before;
    }

    /// The kernel's number of the ruleset that [#strangers] or [#alone] was last asked about.
    long generation() {
        return generation;
    }

    private long now(int own) throws EngineException {
        long present = RulesetGeneration.current();
        if (present != generation + own) {
            strangers++;
        }
        generation = present;
        return strangers;
    }
}
