package dev.patchbay.engine.kernel;

import java.util.List;

/// What the kernel does with packets of one namespace by its settings, whatever the rules say.
///
/// @param forwards IPv4 packets for others are passed on
/// @param forwards6 those of IPv6 likewise
/// @param filtersBridged rules see IPv4 packets that stay on one bridge
/// @param filtersBridged6 those of IPv6 likewise
/// @param localnet links over which packets from and to 127.0.0.0/8 may pass
/// @param strict links that take a packet only if its answer would leave by them
public record ForwardingSettings(
        boolean forwards,
        boolean forwards6,
        boolean filtersBridged,
        boolean filtersBridged6,
        List<String> localnet,
        List<String> strict) {
    public ForwardingSettings {
        localnet = List.copyOf(localnet);
        strict = List.copyOf(strict);
    }
}
