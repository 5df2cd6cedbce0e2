package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Sysctl;
import java.util.List;

/// Repairs an object of ours that exists but was changed. It is not recreated, because that would end
/// the connections through it.
public sealed interface InPlaceRepairStep extends RepairStep {

    /// Addresses stay on a link that goes down and up again, and so do the ports of a bridge.
    record RenameLink(String from, String to) implements InPlaceRepairStep {
        @Override
        public String name() {
            return "rename " + from + " to " + to;
        }

        @Override
        public List<String> commandLines() {
            return List.of(
                    "ip link set " + from + " down",
                    "ip link set " + from + " name " + to,
                    "ip link set " + to + " up");
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            Link link = kernel.links().link(from);
            if (link != null && Ownership.owner(link) != null) {
                kernel.links().setDown(link.index());
                kernel.links().rename(link.index(), to);
                kernel.links().setUp(link.index());
            }
        }
    }

    /// Adds the outer end of a veth pair to its bridge again.
    record ReattachLink(String link, String bridge) implements InPlaceRepairStep {
        @Override
        public String name() {
            return "attach " + link + " to " + bridge;
        }

        @Override
        public List<String> commandLines() {
            return List.of(
                    "ip link set " + link + " master " + bridge + " up", "bridge link set dev " + link + " hairpin on");
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            RouteNetlink links = kernel.links();
            Link end = links.link(link);
            Link master = links.link(bridge);
            if (end == null || master == null) {
                throw new EngineException(name(), (end == null ? link : bridge) + " is gone");
            }
            if (Ownership.owner(end) == null) {
                throw new EngineException(name(), link + " is not Patchbay's");
            }
            links.setMaster(end.index(), master.index());
            links.setHairpin(end.index(), true);
            links.setUp(end.index());
        }
    }

    /// A helper ended after it had put the link into a group for deletion.
    record ResetGroup(String link) implements InPlaceRepairStep {
        @Override
        public String name() {
            return "keep " + link;
        }

        @Override
        public List<String> commandLines() {
            return List.of("ip link set " + link + " group " + Ownership.GROUP);
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            Link present = kernel.links().link(link);
            if (present != null && Ownership.isInDeleteGroup(present)) {
                kernel.links().setGroup(present.index(), Ownership.GROUP);
            }
        }
    }

    /// Removes addresses of the network's subnet that somebody added to the bridge.
    record RemoveAddresses(String bridge, List<Cidr> unexpected) implements InPlaceRepairStep {
        @Override
        public String name() {
            return "remove unexpected addresses from " + bridge;
        }

        @Override
        public List<String> commandLines() {
            return unexpected.stream()
                    .map(address -> "ip address delete " + address + " dev " + bridge)
                    .toList();
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            Link link = kernel.links().link(bridge);
            if (link != null && Ownership.owner(link) != null) {
                for (Cidr address : unexpected) {
                    kernel.links().deleteAddress(link.index(), address);
                }
            }
        }
    }

    /// The namespace exists while a process is in it; only its name was removed.
    record RestoreNetnsName(String namespace, long pid) implements InPlaceRepairStep {
        @Override
        public String name() {
            return "name namespace " + namespace + " again";
        }

        @Override
        public List<String> commandLines() {
            return List.of("ip netns attach " + namespace + " " + pid);
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            // Each container that shares the namespace has this step; the first one restores the name.
            if (!Namespaces.names().contains(namespace)) {
                Namespaces.attach(namespace, pid);
            }
        }
    }

    record RestoreSysctls(String bridge, List<Sysctl.Assignment> assignments) implements InPlaceRepairStep {
        @Override
        public String name() {
            return "restore settings of " + bridge;
        }

        @Override
        public List<String> commandLines() {
            return assignments.stream().map(Sysctl.Assignment::commandLine).toList();
        }

        @Override
        public void run(KernelAccess kernel) throws EngineException {
            for (Sysctl.Assignment setting : assignments) {
                setting.write();
            }
        }
    }
}
