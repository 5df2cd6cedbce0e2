package dev.patchbay.core.naming;

import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules for names of new networks and containers.
public final class NameRules {
    private static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final Pattern NETWORK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "default");

    private NameRules() {}

    /// The container name without its optional leading slash, if a new container may have it.
    public static String validContainerName(String typed, Specs specs) throws RefusedException {
        String name = withoutSlash(typed);
        if (!CONTAINER.matcher(name).matches()) {
            throw ContainerRefusals.badName(typed);
        }
        List<SandboxSpec> owners = specs.sandboxesByName(name);
        if (!owners.isEmpty()) {
            throw ContainerRefusals.nameTaken(name, owners.getFirst().id());
        }
        return name;
    }

    /// Throws unless a new network may have this name.
    ///
    /// Docker allows nearly any text. Names here are limited to those that can be typed and that other
    /// runtimes accept.
    public static void checkNetworkName(String name, Specs specs) throws RefusedException {
        if (name.isBlank()) {
            throw NetworkRefusals.blankName(name);
        }
        if (PREDEFINED.contains(name)) {
            throw NetworkRefusals.createPredefined(name);
        }
        if (!NETWORK.matcher(name).matches()) {
            throw NetworkRefusals.badName(name);
        }
        if (!specs.networksByName(name).isEmpty()) {
            throw NetworkRefusals.nameTaken(name);
        }
    }

    public static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
