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

    /// Namespaces that the helper made have names of this shape, see `SandboxSpec.namespaceName`.
    public static boolean isOwnNetnsName(String name) {
        return name.matches("pb-[0-9a-f]{12}");
    }
}
