package dev.patchbay.core.plan;

import dev.patchbay.core.ipam.Ipv4;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.mistake.NetworkMistakes;
import dev.patchbay.engine.spec.DriverSettings;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The driver options of a bridge network, read as Docker reads them.
///
/// Options that Docker knows and Patchbay does not are refused rather than ignored. Words that neither knows are kept
/// and shown, as by Docker.
final class NetworkOptions {
    static final String BRIDGE = "com.docker.network.bridge.";
    static final String MTU = "com.docker.network.driver.mtu";
    static final String NAME = BRIDGE + "name";
    static final String ICC = BRIDGE + "enable_icc";
    static final String MASQUERADE = BRIDGE + "enable_ip_masquerade";
    static final String HOST_BINDING = BRIDGE + "host_binding_ipv4";
    static final String DEFAULT_BRIDGE = BRIDGE + "default_bridge";

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final Set<String> NOT_SUPPORTED = Set.of(
            DEFAULT_BRIDGE,
            BRIDGE + "inhibit_ipv4",
            "com.docker.network.host_ipv4",
            "com.docker.network.container_iface_prefix");
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    private NetworkOptions() {}

    static DriverSettings read(Map<String, String> options) throws Mistake {
        if (options.containsKey(NAME)) {
            throw NetworkMistakes.optionNotSupported(
                    NAME, "Patchbay names each bridge after the id of its network, so that it knows its own.");
        }
        for (String option : NOT_SUPPORTED) {
            if (options.containsKey(option)) {
                throw NetworkMistakes.optionNotSupported(option, "Leave it out.");
            }
        }
        return new DriverSettings(
                flag(options, ICC),
                flag(options, MASQUERADE),
                null,
                address(options),
                mtu(options.getOrDefault(MTU, "0")),
                DriverSettings.INTERFACE_PREFIX,
                false,
                false,
                "");
    }

    private static boolean flag(Map<String, String> options, String option) throws Mistake {
        String value = options.getOrDefault(option, "true");
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw NetworkMistakes.badBoolean(option, value);
        }
        return TRUE.contains(value);
    }

    private static @Nullable InetAddress address(Map<String, String> options) throws Mistake {
        String value = options.get(HOST_BINDING);
        if (value == null) {
            return null;
        }
        InetAddress address = Ipv4.parse(value);
        if (address == null) {
            throw NetworkMistakes.badAddress(HOST_BINDING, value);
        }
        return address.isAnyLocalAddress() ? null : address;
    }

    static int mtu(String value) throws Mistake {
        int mtu;
        try {
            mtu = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw NetworkMistakes.badNumber(MTU, value);
        }
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw NetworkMistakes.badMtu(value);
        }
        return mtu;
    }
}
