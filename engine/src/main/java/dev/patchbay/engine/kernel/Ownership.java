package dev.patchbay.engine.kernel;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The marks of our kernel objects: the link group, and an ifalias with the record's id. An object
/// without both is foreign and is never changed.
public final class Ownership {
    /// Group of every link of ours, so that many can be deleted with one message. ASCII `pb`.
    public static final int GROUP = 0x7062;

    /// Groups of links that are deleted together: these bits and 16 more.
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

    /// The id in the link's alias, null for a foreign link.
    public static @Nullable Id owner(Link link) {
        return link.group() == GROUP || isInDeleteGroup(link) ? idFromAlias(link.alias()) : null;
    }

    /// The group for deleting the links of these owners. Other owners have another group, so that links
    /// that a crash has left there stay.
    public static int deleteGroupOf(List<Id> owners) {
        return DELETE_GROUP | (owners.hashCode() & 0xffff);
    }

    public static boolean isInDeleteGroup(Link link) {
        return link.group() >>> Short.SIZE == GROUP;
    }

    /// The id in an alias, null when the alias is not ours.
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

    /// The name of the network namespace for a sandbox with this id.
    public static String netnsName(Id sandbox) {
        return NETNS_PREFIX + sandbox.shortForm();
    }

    /// The name of an endpoint's outer veth end: fifteen characters.
    public static String hostInterface(Id endpoint) {
        return VETH_PREFIX + endpoint.shortForm();
    }

    /// The name of an inner veth end on the host until the engine moves it.
    public static String unmovedPeerInterface(Id endpoint) {
        return "pbc" + endpoint.shortForm();
    }

    /// The first digits of the id of the namespace's sandbox; null for a name of another form.
    public static @Nullable String shortIdOfNetns(String name) {
        return shortId(NETNS_PREFIX, name);
    }

    /// As [#shortIdOfNetns], for the outer end of a veth pair.
    public static @Nullable String shortIdOfHostInterface(String name) {
        return shortId(VETH_PREFIX, name);
    }

    private static @Nullable String shortId(String prefix, String name) {
        return name.matches(prefix + SHORT_ID) ? name.substring(prefix.length()) : null;
    }
}
