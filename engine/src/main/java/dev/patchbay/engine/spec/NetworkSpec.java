package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A network that must exist.
///
/// @param name the person's name for it; never reaches the kernel
/// @param bridge kernel name of the bridge, `pb-` and twelve digits of the id (`patchbay0` for the default one); empty
///     unless the driver is [Driver#BRIDGE]
/// @param pools at most one per address family; empty for the drivers host and null
/// @param internal no way in or out but through the bridge itself
/// @param icc containers of this network may talk to each other
/// @param masquerade packets that leave the subnet get the host's address
/// @param hostBinding host address of published ports that name none; every address when null
/// @param mtu of both ends of each veth; the kernel's default when 0
/// @param options the driver options as the person gave them, for inspect
/// @param predefined bridge, host and none: neither created nor removed by a person
public record NetworkSpec(
        Id id,
        String name,
        Instant created,
        Driver driver,
        String bridge,
        List<Pool> pools,
        boolean internal,
        boolean icc,
        boolean masquerade,
        @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress hostBinding,
        int mtu,
        Map<String, String> labels,
        Map<String, String> options,
        boolean predefined)
        implements Spec {
    /// `IFNAMSIZ` is 16 with its closing NUL.
    private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}");

    public NetworkSpec {
        pools = List.copyOf(pools);
        labels = Map.copyOf(labels);
        options = Map.copyOf(options);
        if (name.isBlank()) {
            throw new IllegalArgumentException("invalid name: name is empty");
        }
        if (driver == Driver.BRIDGE ? !LINK_NAME.matcher(bridge).matches() : !bridge.isEmpty()) {
            throw new IllegalArgumentException("not a name for a bridge: " + bridge);
        }
        if (mtu != 0 && (mtu < 68 || mtu > 65535)) {
            throw new IllegalArgumentException("invalid MTU number: " + mtu);
        }
    }

    /// Whether it has addresses of both families; it never has IPv6 alone.
    public boolean hasIpv6() {
        return pools.stream().anyMatch(pool -> !pool.subnet().isIpv4());
    }

    /// The kernel name of a bridge made for a network with this id.
    public static String bridgeName(Id id) {
        return "pb-" + id.shortForm();
    }
}
