package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import java.util.List;

/// The IPv6 sysctls of a link. As with dockerd, IPv6 is disabled in a sandbox, `lo` included, until one
/// of its links gets an IPv6 address, see [LoopbackStep]. Unlike dockerd, sandboxes accept no router
/// advertisements, because another container may have sent them.
record Ipv6Sysctls(List<Sysctl.Assignment> assignments) {
    static final Sysctl.Assignment DISABLE_ALL =
            SysctlKey.DISABLE_IPV6_ON_ALL.ofNamespace().to("1");

    static Ipv6Sysctls ofSandboxLink(String link) {
        return new Ipv6Sysctls(List.of(
                SysctlKey.ACCEPT_RA.of(link).to("0"),
                SysctlKey.DISABLE_IPV6.of(link).to("0")));
    }

    static Ipv6Sysctls ofLoopback(boolean on) {
        return new Ipv6Sysctls(List.of(SysctlKey.DISABLE_IPV6.of("lo").to(on ? "0" : "1")));
    }

    /// A host may have IPv6 disabled for new links and still be asked for a network with IPv6.
    static Ipv6Sysctls ofBridge(String bridge) {
        return new Ipv6Sysctls(List.of(SysctlKey.DISABLE_IPV6.of(bridge).to("0")));
    }

    /// A bridge receives every frame from its ports, so they need no address. Each address would add
    /// four routes, and the kernel visits all routes when a link is deleted.
    static Ipv6Sysctls disabledOn(String port) {
        return new Ipv6Sysctls(List.of(SysctlKey.DISABLE_IPV6.of(port).to("1")));
    }

    /// Does nothing on a kernel without IPv6.
    static void disable(Namespace namespace) throws EngineException {
        Namespaces.runInside(namespace, () -> {
            if (Sysctl.read(DISABLE_ALL.name()) != null) {
                DISABLE_ALL.write();
            }
            return true;
        });
    }

    List<String> commandLines(String prefix) {
        return assignments.stream()
                .map(setting -> prefix + setting.commandLine())
                .toList();
    }

    /// False on a kernel without IPv6.
    boolean exist() throws EngineException {
        for (Sysctl.Assignment setting : assignments) {
            if (Sysctl.read(setting.name()) == null) {
                return false;
            }
        }
        return true;
    }

    void write() throws EngineException {
        for (Sysctl.Assignment setting : assignments) {
            setting.write();
        }
    }

    void writeIn(Namespace namespace) throws EngineException {
        Namespaces.runInside(namespace, () -> {
            write();
            return true;
        });
    }
}
