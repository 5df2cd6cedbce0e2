package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.converge.Kernel;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.firewall.SavedRules;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netlink.Sysctl;
import dev.patchbay.engine.protocol.KernelChain;
import dev.patchbay.engine.protocol.KernelRule;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The host's network namespace as it is now.
final class KernelReading {
    private KernelReading() {}

    static KernelState state(RouteNetlink links) throws EngineException {
        String hostname = Objects.requireNonNullElse(Sysctl.read("kernel.hostname"), "");
        boolean forwards = "1".equals(Sysctl.read("net.ipv4.ip_forward"));
        return new KernelState(hostname, forwards, links.links(), links.routes());
    }

    static Reply.CounterSample counters(Kernel kernel) throws EngineException {
        List<KernelChain> chains = new ArrayList<>();
        List<KernelRule> rules = new ArrayList<>();
        for (Firewall firewall : kernel.firewalls().values()) {
            SavedRules saved = firewall.read();
            chains.addAll(saved.chains());
            rules.addAll(saved.rules());
        }
        return new Reply.CounterSample(
                System.nanoTime(), chains, rules, kernel.links().linkCounters());
    }
}
