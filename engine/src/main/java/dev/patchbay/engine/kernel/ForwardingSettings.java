package dev.patchbay.engine.kernel;

import java.util.List;

/// The settings of one network namespace that decide about packets beside the rules.
///
/// @param forwards whether IPv4 packets are forwarded
/// @param forwards6 whether IPv6 packets are forwarded
/// @param filtersBridged whether rules see IPv4 packets between ports of one bridge
/// @param filtersBridged6 whether rules see IPv6 packets between ports of one bridge
/// @param localnet links that accept packets from and to 127.0.0.0/8
/// @param strict links that accept a packet only if its answer would leave through them (rp_filter 1)
/// @param loose links that accept a packet only if there is a route for its answer (rp_filter 2)
/// @param markedReverse links whose rp_filter looks up that route with the packet's mark (src_valid_mark)
public record ForwardingSettings(
        boolean forwards,
        boolean forwards6,
        boolean filtersBridged,
        boolean filtersBridged6,
        List<String> localnet,
        List<String> strict,
        List<String> loose,
        List<String> markedReverse) {
    public ForwardingSettings {
        localnet = List.copyOf(localnet);
        strict = List.copyOf(strict);
        loose = List.copyOf(loose);
        markedReverse = List.copyOf(markedReverse);
    }
}
