package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.LinkCounters;
import dev.patchbay.engine.spec.Cidr;
import dev.patchbay.engine.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Links, addresses and routes of one network namespace: one method per kernel operation.
///
/// Every method names its step in the exception and passes on the kernel's own explanation. Safe for use by several
/// threads; requests go one at a time.
@SuppressWarnings("DoNotCallSuggester")
public final class RouteNetlink implements AutoCloseable {
    private RouteNetlink() {}

    /// For the network namespace of the calling thread.
    public static RouteNetlink open() throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// For another namespace; it may be closed before the socket is.
    public static RouteNetlink openIn(Namespace namespace) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Makes a bridge that is still down.
    ///
    /// @param mac null for a random one
    /// @param mtu 0 for the kernel's default
    /// @param alias empty for none
    /// @return its ifindex
    public int createBridge(String name, @Nullable MacAddress mac, int mtu, String alias, int group)
            throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Makes a veth pair; when a part of it fails nothing is left.
    ///
    /// @return the ifindex of the host end
    public int createVeth(VethRequest request) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public void setUp(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public void setUp(int index) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public void setDown(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public void setDown(int index) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public void setAlias(int index, String alias) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Lets a bridge port send a frame back to where it came from, as a container needs that calls its own
    /// published port.
    public void setHairpin(int index, boolean on) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Adds an address of global scope, an IPv4 one with its broadcast address as Docker does. An address that is
    /// there already is a failure (EEXIST).
    public void addAddress(int index, Cidr address) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// @return false when it was not there
    public boolean deleteAddress(int index, Cidr address) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public void addDefaultRoute(InetAddress gateway, int index) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Puts this default route in the place of the one that is there, or adds it.
    public void replaceDefaultRoute(InetAddress gateway, int index) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// @return false when there was none through this gateway and link
    public boolean deleteDefaultRoute(InetAddress gateway, int index) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Deletes a link, of a veth pair both ends.
    ///
    /// @return false when there was none of this name
    public boolean deleteLink(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// Deletes all links of a group at once: hundreds take as long as a few deleted one by one.
    ///
    /// @return false when the group has no link
    public boolean deleteGroup(int group) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// @return null when there is none of this name
    public KernelState.@Nullable Link link(String name) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// All links by rising ifindex, each with its addresses of both families, link-local ones included.
    public List<KernelState.Link> links() throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// The IPv4 unicast routes of the main table.
    public List<KernelState.Route> routes() throws EngineException {
        throw new UnsupportedOperationException();
    }

    public List<LinkCounters> linkCounters() throws EngineException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
