package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.kernel.LinkName;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parsed and checked driver options of a network.
///
/// @param icc whether containers of this network may reach each other
/// @param masquerade whether packets that leave the subnet get an address of the host
/// @param source that address; null for the one of the outgoing link
/// @param hostBinding host address of published ports without an address; every address when null
/// @param mtu of both ends of each veth and of the bridge; the kernel's default when 0
/// @param interfacePrefix prefix of the names of the links inside sandboxes
/// @param inhibitIpv4 whether the bridge gets no IPv4 address, because something else is the gateway
/// @param found state of an adopted bridge before the network; null for a bridge of ours
/// @param parent the host's link under a macvlan network's links; empty for the other drivers
public record DriverSettings(
        boolean icc,
        boolean masquerade,
        @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress source,
        @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress hostBinding,
        int mtu,
        String interfacePrefix,
        boolean inhibitIpv4,
        @JsonSetter(nulls = Nulls.SET) @Nullable AdoptedBridge found,
        String parent) {
    public static final String INTERFACE_PREFIX = "eth";
    /// The name of a link has room for the prefix and two digits.
    private static final Pattern PREFIX_PATTERN = Pattern.compile("[a-z][a-z0-9]{0,11}");

    /// The settings without any option.
    public static final DriverSettings DEFAULT =
            new DriverSettings(true, true, null, null, 0, INTERFACE_PREFIX, false, null, "");

    public DriverSettings {
        if (mtu != 0 && (mtu < 68 || mtu > 65535)) {
            throw new IllegalArgumentException("invalid MTU number: " + mtu);
        }
        if (!PREFIX_PATTERN.matcher(interfacePrefix).matches()) {
            throw new IllegalArgumentException("not the beginning of an interface name: " + interfacePrefix);
        }
        if (!parent.isEmpty()) {
            LinkName.require(parent, "parent link");
        }
    }

    public static boolean isInterfacePrefix(String text) {
        return PREFIX_PATTERN.matcher(text).matches();
    }

    public DriverSettings withoutIcc() {
        return new DriverSettings(
                false, masquerade, source, hostBinding, mtu, interfacePrefix, inhibitIpv4, found, parent);
    }

    public DriverSettings withMtu(int other) {
        return new DriverSettings(
                icc, masquerade, source, hostBinding, other, interfacePrefix, inhibitIpv4, found, parent);
    }

    public DriverSettings withAdoptedBridge(@Nullable AdoptedBridge bridge) {
        return new DriverSettings(
                icc, masquerade, source, hostBinding, mtu, interfacePrefix, inhibitIpv4, bridge, parent);
    }
}
