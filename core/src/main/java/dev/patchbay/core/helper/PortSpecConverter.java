package dev.patchbay.core.helper;

import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Specs;

/// Published ports between the helper's records and the model. Nothing is lost on the way.
public final class PortSpecConverter {
    private PortSpecConverter() {}

    public static PortSpec of(PortBinding binding, Id sandbox) {
        PortMapping requested = binding.requested();
        PortRange choice = binding.isEphemeral() ? requested.hostPorts() : null;
        return new PortSpec(
                binding.id(),
                sandbox,
                binding.endpoint(),
                binding.protocol(),
                requested.hostAddress(),
                binding.hostAddress(),
                binding.hostPorts().first(),
                binding.containerPorts(),
                binding.allowed(),
                binding.isEphemeral(),
                choice);
    }

    public static PortBinding binding(PortSpec port, Specs specs) {
        boolean alsoIpv6 = port.endpoint() != null
                && port.hostAddresses(specs.endpoint(port.endpoint())).size() > 1;
        return binding(port, alsoIpv6, specs.isActive(port), false);
    }

    public static PortBinding binding(ExternalPublishSpec external) {
        return binding(external.port(), external.hostAddresses().size() > 1, external.target() != null, true);
    }

    /// The mapping alone, in force nowhere.
    public static PortBinding binding(PortSpec port) {
        return binding(port, false, false, false);
    }

    private static PortBinding binding(PortSpec port, boolean alsoIpv6, boolean inForce, boolean external) {
        return new PortBinding(
                port.id(),
                port.endpoint(),
                port.protocol(),
                port.hostAddress(),
                alsoIpv6,
                port.hostPorts(),
                port.containerPorts(),
                port.allowed(),
                inForce,
                external,
                PortBinding.RuleState.UNKNOWN,
                new PortMapping(
                        port.requestedAddress(),
                        port.ephemeral() ? port.choice() : port.hostPorts(),
                        port.containerPorts(),
                        port.protocol(),
                        port.allowed()));
    }
}
