package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.dns.DnsChange;
import java.lang.System.Logger.Level;
import java.util.List;

/// Tells the resolver what changes on networks with names. It runs before commands start, so that they
/// can resolve names at once.
///
/// A failure of the resolver does not fail the change: the comparison of kernel and records reports what
/// is missing until it is repaired.
record DnsStep(DnsChange change, DnsChange inverse) implements Step {
    private static final System.Logger LOG = System.getLogger(DnsStep.class.getName());

    @Override
    public String name() {
        return "tell the resolver";
    }

    @Override
    public List<String> commandLines() {
        return List.of();
    }

    @Override
    public void run(KernelAccess kernel) {
        tell(kernel, change);
    }

    @Override
    public void undo(KernelAccess kernel) {
        tell(kernel, inverse);
    }

    private static void tell(KernelAccess kernel, DnsChange change) {
        try {
            kernel.dns().change(change);
        } catch (EngineException e) {
            LOG.log(Level.WARNING, "containers find no names until the next repair", e);
        }
    }
}
