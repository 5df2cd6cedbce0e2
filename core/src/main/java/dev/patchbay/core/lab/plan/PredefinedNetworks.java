package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecAddresses;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.ipam.PoolAllocator;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.status.ActivityKind;
import java.util.List;
import java.util.Map;

/// The three networks that every host has from the start.
public final class PredefinedNetworks {
    private static final String BRIDGE = "patchbay0";

    private PredefinedNetworks() {}

    /// An empty change if the host has them.
    public static SpecPlan plan(PlanContext context) throws RefusedException {
        SpecChangeBuilder changes = new SpecChangeBuilder(context.specs());
        if (context.specs().networks().stream().noneMatch(NetworkSpec::predefined)) {
            Pool pool = PoolAllocator.pool(
                    PoolRequest.ANY,
                    SpecAddresses.subnets(context.specs()),
                    context.state().kernel());
            changes.put(network(context, "bridge", Driver.BRIDGE, BRIDGE, List.of(pool), options()));
            changes.put(network(context, "host", Driver.HOST, "", List.of(), Map.of()));
            changes.put(network(context, "none", Driver.NULL, "", List.of(), Map.of()));
        }
        // Of the kind OBSERVED, so that undo never removes them.
        return new SpecPlan(changes.change(), "", "patchbay lab up", ActivityKind.OBSERVED, 0, StopMode.GRACEFUL);
    }

    private static NetworkSpec network(
            PlanContext context,
            String name,
            Driver driver,
            String bridge,
            List<Pool> pools,
            Map<String, String> options) {
        return new NetworkSpec(
                context.ids().next(),
                name,
                context.now(),
                driver,
                bridge,
                pools,
                false,
                false,
                false,
                driver == Driver.BRIDGE ? DriverSettings.DEFAULT.withMtu(1500) : DriverSettings.DEFAULT,
                false,
                List.of(),
                "",
                Map.of(),
                options,
                Map.of(),
                true);
    }

    private static Map<String, String> options() {
        return Map.of(
                NetworkOptions.DEFAULT_BRIDGE, "true",
                NetworkOptions.ICC, "true",
                NetworkOptions.MASQUERADE, "true",
                NetworkOptions.HOST_BINDING, "0.0.0.0",
                NetworkOptions.BRIDGE_NAME, BRIDGE,
                NetworkOptions.MTU, "1500");
    }
}
