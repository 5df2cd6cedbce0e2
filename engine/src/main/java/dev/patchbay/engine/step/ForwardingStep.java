package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Sysctl;
import dev.patchbay.engine.os.SysctlKey;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.List;

/// Turns on forwarding of a family when the host gets its first network with that family. As dockerd
/// does for IPv4, the policy then drops all packets that no rule accepts, so that the host does not
/// become a router for its neighbours.
///
/// With IPv6 forwarding a host ignores router advertisements by default. Links that accepted them get
/// `accept_ra=2`, so that the host keeps the addresses and the route that it has from them. With dockerd
/// it loses both.
///
/// @param acceptRaLinks links of the host that accept router advertisements; empty for IPv4
/// @param policy the edits that set the policy, as far as the kernel still needs them
public record ForwardingStep(Family family, List<String> acceptRaLinks, RuleScript policy) implements Step {

    /// One step for each family that a network needs and the host does not forward.
    public static List<ForwardingStep> missing(KernelAccess kernel, Specs specs) throws EngineException {
        List<ForwardingStep> steps = new ArrayList<>();
        for (Family family : kernel.firewalls().keySet()) {
            if (isNeeded(family, specs) && "0".equals(Sysctl.read(SysctlKey.forwarding(family)))) {
                Firewall firewall = kernel.firewall(family);
                steps.add(new ForwardingStep(
                        family,
                        family == Family.IPV6 ? acceptRaLinks(kernel) : List.of(),
                        RuleScript.forwardPolicyDrop(family, firewall.read())));
            }
        }
        return steps;
    }

    private static boolean isNeeded(Family family, Specs specs) {
        return switch (family) {
            case IPV4 -> specs.networks().stream().anyMatch(network -> network.driver() == Driver.BRIDGE);
            case IPV6 -> specs.hasIpv6Networks();
        };
    }

    private static List<String> acceptRaLinks(KernelAccess kernel) throws EngineException {
        List<String> listening = new ArrayList<>();
        for (Link link : kernel.links().links()) {
            if (Ownership.owner(link) == null && "1".equals(Sysctl.read(SysctlKey.ACCEPT_RA.of(link.name())))) {
                listening.add(link.name());
            }
        }
        return List.copyOf(listening);
    }

    public static String displayName(Family family) {
        return switch (family) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }

    private static Sysctl.Assignment acceptRa(String link, String value) {
        return SysctlKey.ACCEPT_RA.of(link).to(value);
    }

    @Override
    public String name() {
        return "forward " + displayName(family);
    }

    @Override
    public List<String> commandLines() {
        List<String> lines = new ArrayList<>(policy.lines());
        acceptRaLinks.forEach(link -> lines.add(acceptRa(link, "2").commandLine()));
        lines.add(SysctlKey.forwarding(family).to("1").commandLine());
        return lines;
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        kernel.firewall(family).run(policy);
        for (String link : acceptRaLinks) {
            acceptRa(link, "2").write();
        }
        SysctlKey.forwarding(family).to("1").write();
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        SysctlKey.forwarding(family).to("0").write();
        for (String link : acceptRaLinks) {
            acceptRa(link, "1").write();
        }
        kernel.firewall(family).run(policy.inverse());
    }
}
