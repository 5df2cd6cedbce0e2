package dev.patchbay.core.helper;

import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.ports.HostListeners;
import dev.patchbay.core.ports.HostPortAllocator;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a plan is made against: the host's state, and what only some plans need.
///
/// @param listeners for plans that bring ports into force
/// @param activity for plans that take actions back
public record PlanContext(
        HelperState state,
        HostListeners listeners,
        ActivityReader activity,
        IdSequence ids,
        Instant now,
        ConnectRules connecting) {

    /// How containers are connected.
    ///
    /// @param interfacePrefix of links inside; null for the network's own
    /// @param givesDefaultRoute a container may get its default route from the endpoint
    public record ConnectRules(@Nullable String interfacePrefix, boolean givesDefaultRoute) {
        /// Of containers that are on no other networks than those in the helper's records.
        public static final ConnectRules OWN = new ConnectRules(null, true);
    }

    /// Reads the actions that led to the state, the newest last.
    @FunctionalInterface
    public interface ActivityReader {
        List<ActivityEntry> read() throws EngineException;
    }

    public Specs specs() {
        return state.specs();
    }

    /// The host's ports as far as these specs have them in force.
    public HostPortAllocator hostPorts(Specs base) {
        List<HostPortAllocator.HeldPort> held = base.ports().stream()
                .filter(base::isActive)
                .map(port -> new HostPortAllocator.HeldPort(
                        PortSpecConverter.binding(port, base),
                        base.sandbox(port.sandbox()).name()))
                .toList();
        return new HostPortAllocator(held, state.kernel(), listeners);
    }
}
