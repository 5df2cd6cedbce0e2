package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.os.SysctlName;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/// Creates or deletes a network's bridge.
public record BridgeStep(NetworkSpec network, boolean create) implements Step {
    @Override
    public String name() {
        return (create ? "create bridge " : "delete bridge ") + network.bridge();
    }

    @Override
    public List<String> commandLines() {
        String bridge = network.bridge();
        if (!create) {
            return network.settings().found() instanceof AdoptedBridge found
                    ? restoreCommandLines(found)
                    : List.of("ip link delete " + bridge);
        }
        List<String> lines = new ArrayList<>();
        if (network.settings().found() == null) {
            lines.add("ip link add name " + bridge + " address " + network.bridgeMac()
                    + (network.mtu() == 0 ? "" : " mtu " + network.mtu()) + " type bridge");
            lines.add("sysctl -w net.ipv6.conf." + bridge + ".accept_ra=0");
        }
        lines.add("sysctl -w net.ipv4.conf." + bridge + ".route_localnet=1");
        if (network.hasIpv6()) {
            lines.addAll(Ipv6Sysctls.ofBridge(bridge).commandLines(""));
        }
        BridgeSysctls.bridgeNfCalls(network).forEach(call -> lines.add(call.commandLine()));
        for (Cidr address : addresses(network)) {
            if (network.settings().found() == null
                    || !network.settings().found().addresses().contains(address)) {
                lines.add("ip address add " + address + (address.isIpv4() ? " brd +" : " nodad") + " dev " + bridge);
            }
        }
        lines.add("ip link set " + bridge + " up");
        return lines;
    }

    private List<String> restoreCommandLines(AdoptedBridge found) {
        List<String> lines = new ArrayList<>();
        for (Cidr address : addresses(network)) {
            if (!found.addresses().contains(address)) {
                lines.add("ip address delete " + address + " dev " + network.bridge());
            }
        }
        if (!found.up()) {
            lines.add("ip link set " + network.bridge() + " down");
        }
        for (Sysctl.Assignment made : BridgeSysctls.of(network)) {
            String value = found.settings().getOrDefault(made.name().toString(), made.value());
            if (!value.equals(made.value())) {
                lines.add(made.name().to(value).commandLine());
            }
        }
        return lines;
    }

    /// The addresses that the bridge has on this network.
    public static List<Cidr> addresses(NetworkSpec network) {
        return network.pools().stream()
                .filter(pool ->
                        !(network.settings().inhibitIpv4() && pool.subnet().isIpv4()))
                .map(Pool::gatewayAddress)
                .toList();
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        if (create) {
            create(kernel.links());
        } else {
            delete(kernel.links());
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (!create) {
            create(kernel.links());
        } else {
            delete(kernel.links());
        }
    }

    /// Also completes an existing bridge, ours or adopted: sets it up and adds the addresses that it
    /// lacks.
    private void create(RouteNetlink links) throws EngineException {
        String bridge = network.bridge();
        Link present = links.link(bridge);
        boolean ours = present == null || network.id().equals(Ownership.owner(present));
        if (!ours && network.settings().found() == null) {
            throw new EngineException(name(), "a link of this name exists and is not Patchbay's");
        }
        if (present != null && !present.kind().equals("bridge")) {
            throw new EngineException(name(), "the link of this name is not a bridge");
        }
        int index = present != null
                ? present.index()
                : links.createBridge(
                        bridge, network.bridgeMac(), network.mtu(), Ownership.alias(network.id()), Ownership.GROUP);
        // As dockerd does for each bridge that it creates; the key is absent when the kernel runs
        // without IPv6.
        SysctlName acceptRouters = SysctlKey.ACCEPT_RA.of(bridge);
        if (ours && Sysctl.read(acceptRouters) != null) {
            acceptRouters.to("0").write();
        }
        for (Sysctl.Assignment setting : BridgeSysctls.of(network)) {
            setting.write();
        }
        for (Sysctl.Assignment call : BridgeSysctls.bridgeNfCalls(network)) {
            call.write();
        }
        for (Cidr address : addresses(network)) {
            if (present == null || !present.addresses().contains(address)) {
                links.addAddress(index, address);
            }
        }
        links.setUp(index);
    }

    private void delete(RouteNetlink links) throws EngineException {
        Link present = links.link(network.bridge());
        if (present == null) {
            return;
        }
        if (network.id().equals(Ownership.owner(present))) {
            links.deleteLink(network.bridge());
        } else if (network.settings().found() instanceof AdoptedBridge found
                && present.kind().equals("bridge")
                && Ownership.owner(present) == null) {
            restore(links, present, found);
        }
    }

    /// Reverts only what [#create] did; changes that others made since then stay.
    private void restore(RouteNetlink links, Link present, AdoptedBridge found) throws EngineException {
        for (Cidr address : addresses(network)) {
            if (!found.addresses().contains(address) && present.addresses().contains(address)) {
                links.deleteAddress(present.index(), address);
            }
        }
        if (found.mtu() != 0 && present.mtu() == network.mtu() && present.mtu() != found.mtu()) {
            links.setMtu(present.index(), found.mtu());
        }
        if (!found.up()) {
            links.setDown(present.index());
        }
        for (Sysctl.Assignment made : BridgeSysctls.of(network)) {
            String before = found.settings().get(made.name().toString());
            if (before != null && !before.equals(made.value()) && made.value().equals(Sysctl.read(made.name()))) {
                made.name().to(before).write();
            }
        }
    }
}
