package dev.patchbay.engine.converge;

import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.netlink.RouteNetlink;

/// The three ways to change the host that steps work on.
///
/// @param links of the host's network namespace
public record Kernel(RouteNetlink links, Firewall firewall, Runs runs) {}
