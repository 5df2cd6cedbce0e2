package dev.patchbay.core.lab.property;

import java.util.Map;

/// A bridge network of the model. Without IPv6 `prefix6` is empty; with it the subnet is `prefix6::/64`.
///
/// @param given a person chose the subnet
/// @param mtu 0 for the kernel's
record ModelNetwork(
        String name,
        boolean predefined,
        ModelSubnet subnet,
        boolean given,
        String prefix6,
        boolean internal,
        boolean icc,
        boolean masquerade,
        int mtu,
        Map<String, String> labels) {

    boolean hasIpv6() {
        return !prefix6.isEmpty();
    }

    String gateway6() {
        return prefix6 + "::1";
    }
}
