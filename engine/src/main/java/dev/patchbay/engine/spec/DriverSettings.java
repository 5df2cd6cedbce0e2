package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.kernel.LinkName;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a network's driver options say, read and checked.
///
/// @param icc containers of this network may talk to each other
/// @param masquerade packets that leave the subnet get an address of the host's
/// @param source the host's address that they get; whichever leads out when null
/// @param hostBinding host address of published ports that name none; every address when null
/// @param mtu of both ends of each veth and of the bridge; the kernel's default when 0
/// @param interfacePrefix what the names of the links inside the sandboxes begin with
/// @param inhibitIpv4 the bridge gets no IPv4 address: something else is the gateway
/// @param found how the bridge was before the network, if it was there; such a bridge is not ours and stays
/// @param parent link of the host that a macvlan network's links are born from; empty for the other drivers
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
    /// Leaves a link name room for two digits and a short name room to be read.
    private static final Pattern PREFIX_PATTERN = Pattern.compile("[a-z][a-z0-9]{0,11}");

    /// What no option changes.
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
