package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// Kernel settings under `/proc/sys`; those of `net` are of the calling thread's network namespace.
///
/// A key is written `net.ipv4.ip_forward`, or with slashes when a part of it holds a dot:
/// `net/ipv4/conf/eth0.100/route_localnet`. As with `sysctl`, the first separator tells which of the two it is.
@SuppressWarnings("DoNotCallSuggester")
public final class Sysctl {
    private Sysctl() {}

    /// @return null when this kernel has no such setting
    public static @Nullable String read(String key) throws EngineException {
        throw new UnsupportedOperationException();
    }

    public static void write(String key, String value) throws EngineException {
        throw new UnsupportedOperationException();
    }

    /// The key of a setting of one link, whatever the link's name holds: `ofLink("ipv4", "pb-1", "route_localnet")`.
    public static String ofLink(String family, String link, String setting) {
        return "net/" + family + "/conf/" + link + "/" + setting;
    }
}
