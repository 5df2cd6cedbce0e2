package dev.patchbay.core.model;

import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The host in a topology.
///
/// @param name the host's name for the host panel
/// @param interfaces links except lo, bridges of networks and veths of containers
/// @param defaultGateway null when the host has no default route
/// @param masqueraded subnets whose packets leave with the host's address
/// @param kernel links and routes as read
/// @param rootless the engine's way out, where it runs without root; null for a Lab and for an engine of root's
public record Host(
        String name,
        List<Interface> interfaces,
        boolean ipForward,
        @Nullable InetAddress defaultGateway,
        List<Cidr> masqueraded,
        KernelState kernel,
        @Nullable RootlessEngine rootless) {
    public Host {
        interfaces = List.copyOf(interfaces);
        masqueraded = List.copyOf(masqueraded);
    }

    /// Of a Lab, or of an engine of root's.
    public Host(
            String name,
            List<Interface> interfaces,
            boolean ipForward,
            @Nullable InetAddress defaultGateway,
            List<Cidr> masqueraded,
            KernelState kernel) {
        this(name, interfaces, ipForward, defaultGateway, masqueraded, kernel, null);
    }

    Host with(@Nullable RootlessEngine found) {
        return new Host(name, interfaces, ipForward, defaultGateway, masqueraded, kernel, found);
    }

    public record Interface(String name, boolean up, List<Cidr> addresses) {
        public Interface {
            addresses = List.copyOf(addresses);
        }
    }
}
