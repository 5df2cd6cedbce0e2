package dev.patchbay.core.lab.plan;

import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.NetworkMistakes;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The link of the host that carries a new network: a bridge, to be made or found, or the parent of macvlan links.
///
/// @param bridge empty for macvlan
record Carrier(String bridge, DriverSettings settings) {
    private static final Set<String> OTHER_MODES = Set.of("private", "vepa", "passthru");

    static Carrier choose(
            Id id, Driver driver, boolean internal, Map<String, String> options, Specs specs, KernelState kernel)
            throws Mistake {
        DriverSettings settings = NetworkOptions.read(driver, options);
        return driver == Driver.MACVLAN
                ? macvlan(settings, internal, options.getOrDefault(NetworkOptions.MODE, ""), specs, kernel)
                : bridge(id, settings, options.getOrDefault(NetworkOptions.NAME, ""), specs, kernel);
    }

    private static Carrier bridge(Id id, DriverSettings settings, String asked, Specs specs, KernelState kernel)
            throws Mistake {
        if (asked.isEmpty()) {
            return new Carrier(NetworkSpec.bridgeName(id), settings);
        }
        if (asked.length() > LinkName.MAX_LENGTH) {
            throw NetworkMistakes.bridgeNameTooLong(asked);
        }
        for (NetworkSpec other : specs.networks()) {
            if (other.bridge().equals(asked)) {
                throw NetworkMistakes.bridgeTaken(id, asked, other.id(), other.name());
            }
        }
        Link link = link(kernel, asked);
        if (link != null && !link.kind().equals("bridge")) {
            throw NetworkMistakes.notABridge(asked);
        }
        if (!LinkName.isValid(asked)) {
            throw NetworkMistakes.badBridgeName(asked);
        }
        if (link == null) {
            return new Carrier(asked, settings);
        }
        return new Carrier(asked, settings.withAdoptedBridge(new AdoptedBridge(link.addresses(), link.up())));
    }

    /// Docker makes a `dummy` link for a network without a parent, and a VLAN link for `eth0.10`.
    private static Carrier macvlan(
            DriverSettings settings, boolean internal, String mode, Specs specs, KernelState kernel) throws Mistake {
        if (OTHER_MODES.contains(mode)) {
            throw NetworkMistakes.macvlanModeNotSupported(mode);
        }
        if (!mode.isEmpty() && !mode.equals("bridge")) {
            throw NetworkMistakes.badMacvlanMode(mode);
        }
        String parent = settings.parent();
        if (parent.isEmpty() || internal) {
            throw NetworkMistakes.macvlanWithoutParent();
        }
        if (link(kernel, parent) == null) {
            throw NetworkMistakes.noSuchParent(parent);
        }
        for (NetworkSpec other : specs.networks()) {
            if (other.settings().parent().equals(parent)) {
                throw NetworkMistakes.parentTaken(parent, other.id(), other.name());
            }
        }
        return new Carrier("", settings);
    }

    private static @Nullable Link link(KernelState kernel, String name) {
        return kernel.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
