package dev.patchbay.engine.kernel;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a kernel object shows that it is ours: the link group and an ifalias that holds the record's id. What lacks
/// either is foreign and is never changed.
public final class Ownership {
    /// Group of every owned link, so that many can be deleted in one message. ASCII `pb`.
    public static final int GROUP = 0x7062;

    /// Groups of owned links that are about to go together: these bits and 16 more.
    private static final int DELETE_GROUP = GROUP << Short.SIZE;

    private static final String ALIAS_PREFIX = "patchbay:";

    private static final String BRIDGE_PREFIX = "pb-";
    private static final String NETNS_PREFIX = "pb-";
    private static final String VETH_PREFIX = "pbv";
    private static final String SHORT_ID = "[0-9a-f]{12}";

    /// The names of bridges made for networks, as a regular expression.
    public static final String BRIDGE_NAMES = BRIDGE_PREFIX + SHORT_ID;

    private Ownership() {}

    public static String alias(Id id) {
        return ALIAS_PREFIX + id;
    }

    /// The id that the link carries, null for a foreign link.
    public static @Nullable Id owner(Link link) {
        return link.group() == GROUP || isInDeleteGroup(link) ? idFromAlias(link.alias()) : null;
    }

    /// The group in which the links of these go; another one for others, so that what a crash left there stays.
    public static int deleteGroupOf(List<Id> owners) {
        return DELETE_GROUP | (owners.hashCode() & 0xffff);
    }

    public static boolean isInDeleteGroup(Link link) {
        return link.group() >>> Short.SIZE == GROUP;
    }

    /// The id in an alias, null when it is none of ours.
    public static @Nullable Id idFromAlias(String alias) {
        if (!alias.startsWith(ALIAS_PREFIX)) {
            return null;
        }
        try {
            return new Id(alias.substring(ALIAS_PREFIX.length()));
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    /// The name of a bridge made for a network with this id.
    public static String bridgeName(Id network) {
        return BRIDGE_PREFIX + network.shortForm();
    }

    /// The name of the network namespace made for a sandbox with this id.
    public static String netnsName(Id sandbox) {
        return NETNS_PREFIX + sandbox.shortForm();
    }

    /// The name of an endpoint's veth end on the host: fifteen characters in all.
    public static String hostInterface(Id endpoint) {
        return VETH_PREFIX + endpoint.shortForm();
    }

    /// The name under which the veth end of a sandbox of an engine waits on the host until the engine moves it.
    public static String unmovedPeerInterface(Id endpoint) {
        return "pbc" + endpoint.shortForm();
    }

    /// The first digits of the id of whose network namespace it is; null for a name that is not of this shape.
    public static @Nullable String shortIdOfNetns(String name) {
        return shortId(NETNS_PREFIX, name);
    }

    /// As [#shortIdOfNetns], for the host's end of a veth pair.
    public static @Nullable String shortIdOfHostInterface(String name) {
        return shortId(VETH_PREFIX, name);
    }

    private static @Nullable String shortId(String prefix, String name) {
        return name.matches(prefix + SHORT_ID) ? name.substring(prefix.length()) : null;
    }
}
