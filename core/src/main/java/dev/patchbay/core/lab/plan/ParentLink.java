package dev.patchbay.core.lab.plan;

import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The host's link of a new network: a new or adopted bridge, or the parent of macvlan links.
///
/// @param bridge empty for macvlan
record ParentLink(String bridge, DriverSettings settings) {
    private static final Set<String> UNSUPPORTED_MODES = Set.of("private", "vepa", "passthru");

    static ParentLink choose(
            Id id, Driver driver, boolean internal, Map<String, String> options, Specs specs, KernelState kernel)
            throws RefusedException {
        DriverSettings settings = NetworkOptions.read(driver, options);
        return driver == Driver.MACVLAN
                ? macvlan(settings, internal, options.getOrDefault(NetworkOptions.MACVLAN_MODE, ""), specs, kernel)
                : bridge(id, settings, options.getOrDefault(NetworkOptions.BRIDGE_NAME, ""), specs, kernel);
    }

    private static ParentLink bridge(Id id, DriverSettings settings, String asked, Specs specs, KernelState kernel)
            throws RefusedException {
        if (asked.isEmpty()) {
            return new ParentLink(Ownership.bridgeName(id), settings);
        }
        if (asked.length() > LinkName.MAX_LENGTH) {
            throw NetworkRefusals.bridgeNameTooLong(asked);
        }
        for (NetworkSpec other : specs.networks()) {
            if (other.bridge().equals(asked)) {
                throw NetworkRefusals.bridgeTaken(id, asked, other.id(), other.name());
            }
        }
        Link link = link(kernel, asked);
        if (link != null && !link.kind().equals("bridge")) {
            throw NetworkRefusals.notABridge(asked);
        }
        if (!LinkName.isValid(asked)) {
            throw NetworkRefusals.badBridgeName(asked);
        }
        if (link == null) {
            return new ParentLink(asked, settings);
        }
        return new ParentLink(asked, settings.withAdoptedBridge(new AdoptedBridge(link.addresses(), link.up())));
    }

    /// Docker creates a `dummy` link for a network without a parent, and a VLAN link for `eth0.10`.
    private static ParentLink macvlan(
            DriverSettings settings, boolean internal, String mode, Specs specs, KernelState kernel)
            throws RefusedException {
        if (UNSUPPORTED_MODES.contains(mode)) {
            throw NetworkRefusals.macvlanModeNotSupported(mode);
        }
        if (!mode.isEmpty() && !mode.equals("bridge")) {
            throw NetworkRefusals.badMacvlanMode(mode);
        }
        String parent = settings.parent();
        if (parent.isEmpty() || internal) {
            throw NetworkRefusals.macvlanWithoutParent();
        }
        if (link(kernel, parent) == null) {
            throw NetworkRefusals.noSuchParent(parent);
        }
        for (NetworkSpec other : specs.networks()) {
            if (other.settings().parent().equals(parent)) {
                throw NetworkRefusals.parentTaken(parent, other.id(), other.name());
            }
        }
        return new ParentLink("", settings);
    }

    private static @Nullable Link link(KernelState kernel, String name) {
        return kernel.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
