package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.ForeignNftTables;
import dev.patchbay.engine.firewall.SavedRules;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelStateDelta;
import dev.patchbay.engine.kernel.LinkChanges;
import dev.patchbay.engine.kernel.NftTables;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.os.Libc;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.step.KernelAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Reads the present state of the host's network namespace.
final class KernelStateReader {
    private KernelStateReader() {}

    /// @param links the changed links
    ///
    /// @param unreadable gets settings
    static KernelStateDelta change(LinkChanges links, Consumer<Unreadable> unreadable) throws EngineException {
        String hostname = Objects.requireNonNullElse(Sysctl.read(SysctlKey.HOSTNAME.ofNamespace()), "");
        boolean forwards = "1".equals(Sysctl.read(SysctlKey.IP_FORWARD.ofNamespace()));
        return new KernelStateDelta(hostname, forwards, links, transport(unreadable));
    }

    private static KernelState.Transport transport(Consumer<Unreadable> unreadable) throws EngineException {
        String range = Sysctl.read(SysctlKey.IP_LOCAL_PORT_RANGE.ofNamespace());
        PortRange ports = range == null ? KernelState.Transport.DEFAULT.ephemeralPorts() : ports(range, unreadable);
        int socket = Libc.socket(Libc.AF_INET, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, Libc.IPPROTO_SCTP);
        if (socket >= 0) {
            Libc.close(socket);
        }
        return new KernelState.Transport(ports, socket >= 0);
    }

    /// Text that is no range counts as the default range.
    static PortRange ports(String range, Consumer<Unreadable> unreadable) {
        String[] ends = range.strip().split("\\s+");
        try {
            return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            unreadable.accept(new Unreadable(
                    Unreadable.Kind.SETTING,
                    SysctlKey.IP_LOCAL_PORT_RANGE.ofNamespace() + " is no range of ports: " + range));
            return KernelState.Transport.DEFAULT.ephemeralPorts();
        }
    }

    /// @param unreadable gets nftables tables and links; the reader of rule changes reports unreadable
    ///     rules of iptables
    /// @param knownTables the version of the nftables tables that the client has: they are not sent again
    static Reply.Counters counters(
            KernelAccess kernel, ForeignNftTables others, long knownTables, Consumer<Unreadable> unreadable)
            throws EngineException {
        List<KernelChain> chains = new ArrayList<>();
        List<KernelRule> rules = new ArrayList<>();
        List<KernelChain> ofNfTables = new ArrayList<>();
        long present = ForeignNftTables.currentGeneration();
        for (Firewall firewall : kernel.firewalls().values()) {
            SavedRules saved = firewall.read();
            chains.addAll(saved.chains());
            rules.addAll(saved.rules());
            if (firewall.sendsEvents()) {
                ofNfTables.addAll(saved.chains());
            }
        }
        NftTables tables = others.read(present, ofNfTables);
        others.unreadable().forEach(unreadable);
        return new Reply.Counters(
                new HostRules(
                        System.nanoTime(),
                        kernel.firewall(Family.IPV4).version(),
                        chains,
                        rules,
                        tables.version() == knownTables ? List.of() : tables.tables(),
                        kernel.links().linkCounters(unreadable)),
                tables.version());
    }
}
