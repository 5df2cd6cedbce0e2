package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.RulesetScripts;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RuleScriptTest {
    private final SpecSketch sketch = new SpecSketch();

    @Test
    void aPortCostsItsThreeRules() {
        EndpointSpec endpoint = sketch.sandboxOn(sketch.network("172.18.0.0/16"), "172.18.0.2/16");
        for (int i = 0; i < 50; i++) {
            sketch.network("10.%d.0.0/16".formatted(i));
        }
        Ruleset before = sketch.rules();
        sketch.port(endpoint, "8080:80/tcp");
        RuleScript script = RulesetScripts.between(before, sketch.rules());
        assertThat(script.lines())
                .containsExactly(
                        "iptables -A PATCHBAY -d 172.18.0.2/32 ! -i pb-000000000001 -o pb-000000000001"
                                + " -p tcp -m tcp --dport 80 -j ACCEPT",
                        "iptables -t nat -A PATCHBAY -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80",
                        "iptables -t nat -A PATCHBAY-POSTROUTING -s 172.18.0.2/32 -d 172.18.0.2/32"
                                + " -p tcp -m tcp --dport 80 -j MASQUERADE");
        assertThat(script.inverse().lines())
                .isEqualTo(script.lines().reversed().stream()
                        .map(line -> line.replace(" -A ", " -D "))
                        .toList());
    }

    @Test
    void aNetworkGoesAboveOlderOnes() {
        sketch.network("172.18.0.0/16");
        Ruleset before = sketch.rules();
        sketch.network("172.19.0.0/16");
        assertThat(RulesetScripts.between(before, sketch.rules()).text()).isEqualTo("""
                        *raw
                        -I PATCHBAY-PREROUTING 1 -d 127.0.0.0/8 -i pb-000000000002 -j DROP
                        COMMIT
                        *filter
                        -I PATCHBAY-FORWARD 1 -i pb-000000000002 -o pb-000000000002 -j ACCEPT
                        -I PATCHBAY-FORWARD 1 -i pb-000000000002 ! -o pb-000000000002 -j ACCEPT
                        -I PATCHBAY-FORWARD 1 -o pb-000000000002 -j PATCHBAY
                        -I PATCHBAY-FORWARD 1 -o pb-000000000002 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
                        -I PATCHBAY-ISOLATION-STAGE-1 1 -i pb-000000000002 ! -o pb-000000000002 -j PATCHBAY-ISOLATION-STAGE-2
                        -I PATCHBAY-ISOLATION-STAGE-3 1 -o pb-000000000002 -j DROP
                        COMMIT
                        *nat
                        -I PATCHBAY-POSTROUTING 1 -s 172.19.0.0/16 ! -o pb-000000000002 -j MASQUERADE
                        -I PATCHBAY-POSTROUTING 1 -o pb-000000000002 -m addrtype --src-type LOCAL -j MASQUERADE
                        COMMIT
                        """);
    }

    @Test
    void nothingToDoIsNoScript() {
        sketch.network("172.18.0.0/16");
        assertThat(RulesetScripts.between(sketch.rules(), sketch.rules()).isEmpty())
                .isTrue();
        assertThat(RuleScriptPlanner.planRepair(RulesetScripts.saved(sketch.rules()), sketch.rules(), Ruleset.EMPTY)
                        .isEmpty())
                .isTrue();
        assertThat(RuleScript.EMPTY.text()).isEmpty();
    }

    @Test
    void rulesThatTwoPortsShareStayUntilTheLastOneGoes() {
        EndpointSpec endpoint = sketch.sandboxOn(sketch.network("172.18.0.0/16"), "172.18.0.2/16");
        PortSpec first = sketch.port(endpoint, "8080:80/tcp");
        sketch.port(endpoint, "8081:80/tcp");
        Ruleset both = sketch.rules();
        sketch.remove(first);
        assertThat(RulesetScripts.between(both, sketch.rules()).lines())
                .containsExactly("iptables -t nat -D PATCHBAY -p tcp -m tcp --dport 8080 -j DNAT"
                        + " --to-destination 172.18.0.2:80");
    }

    /// Every name, label, option, command and alias of a [SpecSketch] is a rule injection.
    @Test
    void noTextOfAPersonReachesAScript() {
        NetworkSpec network = sketch.network("172.18.0.0/16", "noicc");
        sketch.port(sketch.sandboxOn(network, "172.18.0.2/16"), "8080:80/tcp");
        String text = RulesetScripts.between(Ruleset.EMPTY, sketch.rules()).text();
        assertThat(text).doesNotContain("PWNED", "\"", "'", "`", "$", "%", ";", "é");
        assertThat(text.lines())
                .allMatch(line -> line.matches("\\*(raw|filter|nat)|COMMIT|-[ANI] [A-Za-z0-9 !,./:_-]+"));
        assertThat(text.lines().filter(line -> line.startsWith("*"))).containsExactly("*raw", "*filter", "*nat");
    }

    @Test
    void whatCannotBeRepeatedIsDeletedByNumber() {
        sketch.network("10.1.0.0/16");
        SavedRules actual = withRule(sketch.rules(), "nat", "PATCHBAY", "-m comment --comment \"a\nCOMMIT\" -j RETURN");
        RuleScript script = RuleScriptPlanner.planRepair(actual, sketch.rules(), Ruleset.EMPTY);
        assertThat(script.text()).isEqualTo("*nat\n-D PATCHBAY 1\nCOMMIT\n");
        assertThat(script.lines()).containsExactly("iptables -t nat -D PATCHBAY 1");
        assertThat(script.inverse().isEmpty()).isTrue();
    }

    /// Rules that a person may well have made, then rules of networks and of a version that are no more.
    @Test
    void ourBridgeInARuleDoesNotMakeItOurs() {
        for (String foreign : List.of(
                "-i pb-000000000001 -o eth0 -j DROP",
                "-i pb-000000000001 -o pb-000000000002 -j ACCEPT",
                "-s 10.0.0.1/32 -o pb-000000000001 -j PATCHBAY-USER",
                "-o br-000000000001 -j DOCKER")) {
            SavedRules actual = withRule(sketch.rules(), "filter", "FORWARD", foreign);
            assertThat(RuleScriptPlanner.planRepair(actual, sketch.rules(), Ruleset.EMPTY)
                            .isEmpty())
                    .as(foreign)
                    .isTrue();
        }
        for (String stale : List.of(
                "-o pb-00000000dead -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
                "-i pb-00000000dead -o pb-00000000dead -j DROP",
                "! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j PATCHBAY")) {
            SavedRules actual = withRule(sketch.rules(), "filter", "FORWARD", stale);
            assertThat(RuleScriptPlanner.planRepair(actual, sketch.rules(), Ruleset.EMPTY)
                            .lines())
                    .containsExactly("iptables -D FORWARD " + stale);
        }
    }

    @Test
    void savedRulesAreReadWithTheirCounters() {
        SavedRules saved = SavedRules.parse(Family.IPV4, """
                # Generated by iptables-save v1.8.9 (nf_tables) on Tue Nov 24 06:36:26 2026
                *filter
                :FORWARD DROP [3:180]
                :PATCHBAY - [0:0]
                [18446744073709551615:9] -A FORWARD -j PATCHBAY
                [0:0] -A FORWARD
                [1:2] -A PATCHBAY -m comment --comment "a \\"b\\"
                COMMIT
                [0:0] -A FORWARD -j EVIL" -j RETURN
                COMMIT
                """);
        assertThat(saved.chains())
                .extracting(chain -> chain.name() + chain.policy() + chain.bytes())
                .containsExactly("FORWARDDROP180", "PATCHBAY-0");
        assertThat(saved.rules()).extracting(KernelRule::number).containsExactly(1, 2, 1);
        assertThat(saved.rules().getFirst().packets()).isEqualTo(-1);
        assertThat(saved.rules().get(1).specification()).isEmpty();
        assertThat(saved.rules().getLast().specification()).endsWith("EVIL\" -j RETURN");
        assertThat(Objects.requireNonNull(saved.find(new Chain(Family.IPV4, "filter", "FORWARD")))
                        .policy())
                .isEqualTo("DROP");
    }

    private static SavedRules withRule(Ruleset rules, String table, String chain, String specification) {
        SavedRules saved = RulesetScripts.saved(rules);
        List<KernelRule> all =
                new ArrayList<>(List.of(new KernelRule(Family.IPV4, table, chain, 1, 0, 0, specification)));
        all.addAll(saved.rules());
        List<KernelChain> chains = new ArrayList<>(saved.chains());
        chains.add(new KernelChain(Family.IPV4, "filter", "FORWARD", "ACCEPT", 0, 0));
        return new SavedRules(chains, all);
    }
}
