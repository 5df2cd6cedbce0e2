package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.dns.DnsChange;
import java.lang.System.Logger.Level;
import java.util.List;

/// The resolver learns what changes on the networks with names. Before commands start, so that they can ask
/// at once.
///
/// A resolver that fails takes no container down with it: the change goes on without, and the comparison of kernel
/// and records shows what is missing until it is repaired.
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
