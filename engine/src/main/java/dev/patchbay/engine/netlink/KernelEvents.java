package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import java.util.Set;
import java.util.function.Consumer;

/// Tells when links, addresses, routes or rules of one network namespace change, by whoever changes them.
///
/// An event says only that something changed: read the kernel again. When events were lost, every aspect is
/// reported.
@SuppressWarnings("DoNotCallSuggester")
public final class KernelEvents implements AutoCloseable {
    private KernelEvents() {}

    /// Subscribes in the network namespace of the calling thread.
    ///
    /// @param listener called on this object's own thread, once for each batch of events; what happens while it
    ///     runs makes the next batch
    public static KernelEvents open(Consumer<Set<KernelAspect>> listener) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Ends the subscription; when it returns, the listener is not called again.
    @Override
    public void close() {}
}
