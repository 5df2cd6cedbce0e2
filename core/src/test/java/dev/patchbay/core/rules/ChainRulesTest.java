package dev.patchbay.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainRulesTest {
    @Test
    void hooksComeFirstThenChainsInTheOrderTheyAreReachedThenTheUnreached() {
        HostRules sample = new HostRules(
                0,
                "iptables",
                List.of(chain("AAA"), chain("POSTROUTING"), chain("ZZZ"), chain("INNER"), chain("PREROUTING"), other()),
                List.of(
                        rule("ZZZ", 1, "-j INNER"),
                        rule("PREROUTING", 2, "-j ZZZ"),
                        rule("PREROUTING", 1, "-i lo -j ACCEPT"),
                        new KernelRule(Family.IPV6, "nat", "PREROUTING", 1, 0, 0, "-j RETURN")),
                List.of(),
                List.of());

        List<ChainRules> chains = ChainRules.inTraversalOrder(sample, Family.IPV4, "nat");

        assertThat(chains)
                .extracting(chain -> chain.chain().name())
                .containsExactly("PREROUTING", "POSTROUTING", "ZZZ", "INNER", "AAA");
        assertThat(chains.getFirst().rules())
                .extracting(KernelRule::specification)
                .containsExactly("-i lo -j ACCEPT", "-j ZZZ");
        assertThat(chains).extracting(ChainRules::references).containsExactly(0, 0, 1, 1, 0);
        assertThat(chains).extracting(ChainRules::builtIn).containsExactly(true, true, false, false, false);
    }

    private static KernelChain chain(String name) {
        return new KernelChain(Family.IPV4, "nat", name, "-", 0, 0);
    }

    private static KernelChain other() {
        return new KernelChain(Family.IPV4, "filter", "FORWARD", "ACCEPT", 0, 0);
    }

    private static KernelRule rule(String chain, int number, String specification) {
        return new KernelRule(Family.IPV4, "nat", chain, number, 0, 0, specification);
    }
}
