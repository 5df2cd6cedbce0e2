package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.netlink.Sysctl;
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.List;

/// The host begins to forward IPv6, for its first network that has it. As dockerd does for IPv4, what no rule lets
/// through is dropped from then on, so that the host does not become a router for its neighbours by the way.
///
/// A host that forwards no longer listens to routers, unless told to: links that did are told to, so that the host
/// keeps the addresses and the route it has from them. With dockerd it loses both.
///
/// @param listening links of the host that take addresses and routes from routers
/// @param policy edits that set the policy, those that a kernel that forwards nothing still needs
record ForwardingStep(List<String> listening, RuleScript policy) implements Step {
    private static final String FORWARDING = "net.ipv6.conf.all.forwarding";

    /// None where no network has IPv6, or the host forwards already.
    static List<Step> unlessThere(Kernel kernel, Specs specs) throws EngineException {
        Firewall firewall = kernel.firewalls().get(Family.IPV6);
        if (firewall == null
                || specs.networks().stream().noneMatch(network -> network.hasIpv6())
                || !"0".equals(Sysctl.read(FORWARDING))) {
            return List.of();
        }
        List<String> listening = new ArrayList<>();
        for (var link : kernel.links().links()) {
            if (Ownership.owner(link) == null && "1".equals(Sysctl.read(acceptRouters(link.name())))) {
                listening.add(link.name());
            }
        }
        return List.of(
                new ForwardingStep(List.copyOf(listening), RuleScript.forwardPolicyDrop(Family.IPV6, firewall.read())));
    }

    private static String acceptRouters(String link) {
        return Sysctl.ofLink("ipv6", link, "accept_ra");
    }

    @Override
    public String name() {
        return "forward IPv6";
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>(policy.lines());
        listening.forEach(link -> lines.add("sysctl -w " + acceptRouters(link) + "=2"));
        lines.add("sysctl -w " + FORWARDING + "=1");
        return lines;
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        kernel.firewall(Family.IPV6).run(policy);
        for (String link : listening) {
            Sysctl.write(acceptRouters(link), "2");
        }
        Sysctl.write(FORWARDING, "1");
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        Sysctl.write(FORWARDING, "0");
        for (String link : listening) {
            Sysctl.write(acceptRouters(link), "1");
        }
        kernel.firewall(Family.IPV6).run(policy.inverse());
    }
}
