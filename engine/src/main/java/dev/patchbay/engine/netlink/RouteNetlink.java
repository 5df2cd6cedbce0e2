package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Errno;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Changes and reads links, addresses and routes of one network namespace, with one method per kernel
/// operation.
///
/// Every method names its step in the exception and includes the kernel's own explanation. Thread-safe;
/// requests run one at a time.
public final class RouteNetlink extends RouteReader {
    private RouteNetlink(NetlinkSocket socket) {
        super(socket);
    }

    /// For the network namespace of the calling thread.
    public static RouteNetlink open() throws EngineException {
        return new RouteNetlink(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, 0));
    }

    /// For another namespace, which it keeps open until it is closed.
    public static RouteNetlink openIn(Namespace namespace) throws EngineException {
        return Namespaces.runInside(namespace, RouteNetlink::open);
    }

    /// Creates a bridge, initially down.
    ///
    /// @param mac null for a random one
    /// @param mtu 0 for the kernel's default
    /// @param alias empty for none
    /// @return its ifindex
    public int createBridge(String name, @Nullable MacAddress mac, int mtu, String alias, int group)
            throws EngineException {
        // A bridge follows the MTU of its ports unless one is set after its creation.
        return create("create bridge " + name, Rtnl.createBridge(name, mac, group), name, alias, mtu);
    }

    /// Creates a veth pair; after a failure nothing is left.
    ///
    /// @return the ifindex of the outer end
    public int createVeth(VethRequest veth) throws EngineException {
        return create("create veth " + veth.hostName(), Rtnl.createVeth(veth), veth.hostName(), veth.alias(), 0);
    }

    /// Creates a macvlan link inside its namespace; it is deleted with the namespace or the parent.
    public void createMacvlan(MacvlanRequest macvlan) throws EngineException {
        socket.request("create macvlan " + macvlan.name(), Rtnl.createMacvlan(macvlan));
    }

    /// @param alias set after the creation, whose message cannot contain it
    /// @param mtu set after the creation, 0 for none
    private int create(String step, NetlinkRequest request, String name, String alias, int mtu) throws EngineException {
        socket.request(step, request);
        try {
            int index = RouteMessageParser.linkIndex(linkMessage(step, name));
            NetlinkRequest rest = Rtnl.link(Rtnl.RTM_SETLINK, 0, index, 0, 0);
            if (!alias.isEmpty()) {
                rest.attribute(Rtnl.IFLA_IFALIAS, alias);
            }
            if (mtu != 0) {
                rest.attribute(Rtnl.IFLA_MTU, mtu);
            }
            socket.request(step, rest);
            return index;
        } catch (EngineException e) {
            try {
                deleteLink(name);
            } catch (EngineException undo) {
                e.addSuppressed(undo);
            }
            throw e;
        }
    }

    public void setUp(String name) throws EngineException {
        setFlags("set " + name + " up", name, 0, Rtnl.IFF_UP);
    }

    public void setUp(int index) throws EngineException {
        setFlags("set link " + index + " up", "", index, Rtnl.IFF_UP);
    }

    public void setDown(int index) throws EngineException {
        setFlags("set link " + index + " down", "", index, 0);
    }

    private void setFlags(String step, String name, int index, int flags) throws EngineException {
        NetlinkRequest request = Rtnl.link(Rtnl.RTM_SETLINK, 0, index, flags, Rtnl.IFF_UP);
        socket.request(step, name.isEmpty() ? request : request.attribute(Rtnl.IFLA_IFNAME, name));
    }

    /// The link must be down.
    public void rename(int index, String name) throws EngineException {
        socket.request(
                "rename link " + index + " to " + name,
                Rtnl.link(Rtnl.RTM_SETLINK, 0, index, 0, 0).attribute(Rtnl.IFLA_IFNAME, name));
    }

    /// Adds a link to a bridge.
    public void setMaster(int index, int bridge) throws EngineException {
        socket.request(
                "plug link " + index + " into link " + bridge,
                Rtnl.link(Rtnl.RTM_SETLINK, 0, index, 0, 0).attribute(Rtnl.IFLA_MASTER, bridge));
    }

    public void setGroup(int index, int group) throws EngineException {
        socket.request(
                "set the group of link " + index,
                Rtnl.link(Rtnl.RTM_SETLINK, 0, index, 0, 0).attribute(Rtnl.IFLA_GROUP, group));
    }

    public void setMtu(int index, int mtu) throws EngineException {
        socket.request(
                "set the MTU of link " + index,
                Rtnl.link(Rtnl.RTM_SETLINK, 0, index, 0, 0).attribute(Rtnl.IFLA_MTU, mtu));
    }

    /// Lets a bridge port send a frame back to its sender, which a container needs to reach its own
    /// published port.
    public void setHairpin(int index, boolean on) throws EngineException {
        socket.request("set hairpin of link " + index, Rtnl.setHairpin(index, on));
    }

    /// Adds an address of global scope; an IPv4 one gets a broadcast address as with Docker. An IPv6 one
    /// is usable at once, without duplicate address detection, because the pool guarantees that it is
    /// unique. An existing address is a failure (EEXIST).
    public void addAddress(int index, Cidr address) throws EngineException {
        socket.request("add address " + address + " to link " + index, Rtnl.addAddress(index, address));
    }

    /// @return false when it did not exist
    public boolean deleteAddress(int index, Cidr address) throws EngineException {
        return deleteIfPresent(
                Errno.EADDRNOTAVAIL,
                "delete address " + address + " of link " + index,
                Rtnl.address(Rtnl.RTM_DELADDR, 0, index, address));
    }

    public void addDefaultRoute(InetAddress gateway, int index) throws EngineException {
        setDefaultRoute("add default route via ", Rtnl.CREATE, gateway, index);
    }

    /// Replaces the present default route, or adds this one.
    public void replaceDefaultRoute(InetAddress gateway, int index) throws EngineException {
        setDefaultRoute(
                "replace default route by ",
                NetlinkRequest.NLM_F_CREATE | NetlinkRequest.NLM_F_REPLACE,
                gateway,
                index);
    }

    private void setDefaultRoute(String step, int flags, InetAddress gateway, int index) throws EngineException {
        socket.request(
                step + Addresses.format(gateway),
                Rtnl.defaultRoute(
                        Rtnl.RTM_NEWROUTE,
                        flags,
                        gateway,
                        index,
                        Rtnl.RTPROT_BOOT,
                        Rtnl.RT_SCOPE_UNIVERSE,
                        Rtnl.RTN_UNICAST));
    }

    /// @return false when there was none with this gateway and link
    public boolean deleteDefaultRoute(InetAddress gateway, int index) throws EngineException {
        // Scope "nowhere", protocol 0 and kind 0 match a route whatever its own values are.
        return deleteIfPresent(
                Errno.ESRCH,
                "delete default route via " + Addresses.format(gateway),
                Rtnl.defaultRoute(Rtnl.RTM_DELROUTE, 0, gateway, index, 0, Rtnl.RT_SCOPE_NOWHERE, 0));
    }

    /// Deletes a link; with a veth pair both ends.
    ///
    /// @return false when there was none of this name
    public boolean deleteLink(String name) throws EngineException {
        return deleteIfPresent(
                Errno.ENODEV,
                "delete link " + name,
                Rtnl.link(Rtnl.RTM_DELLINK, 0, 0, 0, 0).attribute(Rtnl.IFLA_IFNAME, name));
    }

    /// Deletes all links of a group at once: hundreds take as long as a few deleted one by one.
    ///
    /// @return false when the group has no link
    public boolean deleteGroup(int group) throws EngineException {
        if (group == 0) {
            throw new IllegalArgumentException("group 0 holds every link that has no group, the machine's own too");
        }
        return deleteIfPresent(
                Errno.ENODEV,
                "delete the links of group " + group,
                Rtnl.link(Rtnl.RTM_DELLINK, 0, 0, 0, 0).attribute(Rtnl.IFLA_GROUP, group));
    }

    private boolean deleteIfPresent(int absent, String step, NetlinkRequest request) throws EngineException {
        try {
            socket.request(step, request);
            return true;
        } catch (EngineException e) {
            if (e.errno() == absent) {
                return false;
            }
            throw e;
        }
    }
}
