package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import java.util.List;

/// What the kernel is told about IPv6 on a link. As dockerd has it: off in a sandbox, `lo` included, until a link
/// of it gets an IPv6 address, see [LoopbackStep]. Unlike dockerd, sandboxes take no address or route from whoever
/// announces some on the network, which may be another container.
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

    /// A host may have IPv6 off for new links, and be asked for a network that has it.
    static Ipv6Sysctls ofBridge(String bridge) {
        return new Ipv6Sysctls(List.of(SysctlKey.DISABLE_IPV6.of(bridge).to("0")));
    }

    /// A bridge takes every frame from its ports, so they need no address of their own. Each would bring four routes,
    /// and the kernel goes through all that there are whenever a link goes.
    static Ipv6Sysctls disabledOn(String port) {
        return new Ipv6Sysctls(List.of(SysctlKey.DISABLE_IPV6.of(port).to("1")));
    }

    /// Does nothing where the kernel has no IPv6.
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

    /// Not where the kernel runs without IPv6.
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
