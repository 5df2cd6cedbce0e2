package dev.patchbay.core.lab.plan;

import dev.patchbay.core.ipam.Ipv4;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.spec.DriverSettings;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses the driver options of a network as Docker does.
///
/// Docker accepts an invalid MTU or interface prefix and fails when the first container starts; here
/// they are refused. As in Docker, unknown options are kept and shown.
final class NetworkOptions {
    static final String BRIDGE_PREFIX = "com.docker.network.bridge.";
    static final String MTU = "com.docker.network.driver.mtu";
    static final String BRIDGE_NAME = BRIDGE_PREFIX + "name";
    static final String ICC = BRIDGE_PREFIX + "enable_icc";
    static final String MASQUERADE = BRIDGE_PREFIX + "enable_ip_masquerade";
    static final String HOST_BINDING = BRIDGE_PREFIX + "host_binding_ipv4";
    static final String DEFAULT_BRIDGE = BRIDGE_PREFIX + "default_bridge";
    static final String INHIBIT_IPV4 = BRIDGE_PREFIX + "inhibit_ipv4";
    static final String HOST_IPV4 = "com.docker.network.host_ipv4";
    static final String INTERFACE_PREFIX = "com.docker.network.container_iface_prefix";
    static final String PARENT = "parent";
    static final String MACVLAN_MODE = "macvlan_mode";

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    /// RFC 8200; the kernel disables IPv6 on a link with a smaller MTU.
    static final int SMALLEST_IPV6_MTU = 1280;
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    private NetworkOptions() {}

    /// @throws RefusedException also for options of a bridge
    static DriverSettings read(Driver driver, Map<String, String> options) throws RefusedException {
        if (options.containsKey(DEFAULT_BRIDGE)) {
            throw NetworkRefusals.optionNotSupported(DEFAULT_BRIDGE, "Leave it out: the default network is made once.");
        }
        boolean bridge = driver == Driver.BRIDGE;
        return new DriverSettings(
                !bridge || booleanOption(options, ICC, true),
                !bridge || booleanOption(options, MASQUERADE, true),
                bridge ? addressOption(options, HOST_IPV4) : null,
                bridge ? addressOption(options, HOST_BINDING) : null,
                mtu(options.getOrDefault(MTU, "0")),
                bridge ? prefix(options.getOrDefault(INTERFACE_PREFIX, "")) : DriverSettings.INTERFACE_PREFIX,
                bridge && booleanOption(options, INHIBIT_IPV4, false),
                null,
                driver == Driver.MACVLAN ? parent(options.getOrDefault(PARENT, "")) : "");
    }

    private static String parent(String name) throws RefusedException {
        if (name.equals("lo")) {
            throw NetworkRefusals.loopbackParent();
        }
        if (!name.isEmpty() && !LinkName.isValid(name)) {
            throw NetworkRefusals.noSuchParent(name);
        }
        return name;
    }

    private static boolean booleanOption(Map<String, String> options, String option, boolean standard)
            throws RefusedException {
        String value = options.getOrDefault(option, String.valueOf(standard));
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw NetworkRefusals.badBoolean(option, value);
        }
        return TRUE.contains(value);
    }

    private static @Nullable InetAddress addressOption(Map<String, String> options, String option)
            throws RefusedException {
        String value = options.get(option);
        if (value == null) {
            return null;
        }
        InetAddress address = Ipv4.parse(value);
        if (address == null) {
            throw NetworkRefusals.badAddress(option, value);
        }
        return address.isAnyLocalAddress() ? null : address;
    }

    private static String prefix(String value) throws RefusedException {
        if (value.isEmpty()) {
            return DriverSettings.INTERFACE_PREFIX;
        }
        if (!DriverSettings.isInterfacePrefix(value)) {
            throw NetworkRefusals.badInterfacePrefix(INTERFACE_PREFIX, value);
        }
        return value;
    }

    static int mtu(String value) throws RefusedException {
        int mtu;
        try {
            mtu = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw NetworkRefusals.badNumber(MTU, value);
        }
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw NetworkRefusals.badMtu(value);
        }
        return mtu;
    }
}
