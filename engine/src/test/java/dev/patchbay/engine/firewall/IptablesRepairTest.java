package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.RulesetScripts;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.testing.PrivateNamespace;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class IptablesRepairTest {
    private final Iptables iptables = new Iptables(Family.IPV4, new TransactionCounter());
    private final ForeignRules kernel = new ForeignRules(iptables);

    @BeforeEach
    void addForeignRules() throws Exception {
        kernel.addForeign();
    }

    @AfterEach
    void flush() throws Exception {
        kernel.flush();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void whateverBecameOfTheRulesARepairRestoresThem(long seed) throws Exception {
        Random random = new Random(seed);
        SpecSketch sketch = new SpecSketch();
        Ruleset desired = ForeignRules.growing(sketch).getLast();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, desired));
        for (int round = 0; round < 25; round++) {
            damage(random);
            List<String> foreign = kernel.foreign();
            RuleScript repair = RuleScriptPlanner.planRepair(iptables.read(), desired, desired);
            String damaged = ForeignRules.saved();
            iptables.run(repair);
            assertThat(kernel.ours(desired))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(desired.byChain());
            assertThat(kernel.foreign()).isEqualTo(foreign);
            assertThat(RuleScriptPlanner.planRepair(iptables.read(), desired, desired)
                            .isEmpty())
                    .isTrue();
            if (!damaged.contains("no\nbody")) {
                iptables.run(repair.inverse());
                assertThat(ForeignRules.saved()).isEqualTo(damaged);
                iptables.run(repair);
            }
        }
    }

    @Test
    void rulesOfNetworksThatAreNoMoreAreRemoved() throws Exception {
        SpecSketch sketch = new SpecSketch();
        NetworkSpec stale = sketch.network("10.1.0.0/16", "noicc");
        PortSpec port = sketch.port(sketch.sandboxOn(stale, "10.1.0.2/16"), "8080:80/tcp");
        Ruleset record = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, record));
        sketch.remove(port);
        sketch.remove(stale);
        Ruleset desired = sketch.rules();
        List<String> foreign = kernel.foreign();
        // A chain of ours holds nothing else: no record is needed but for the chain that is the person's.
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), desired, desired));
        assertThat(ForeignRules.saved()).doesNotContain("10.1.0.2", "-o pb-000000000001");
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), desired, record));
        assertThat(ForeignRules.saved()).doesNotContain("PATCHBAY");
        assertThat(kernel.foreign()).isEqualTo(foreign);
        assertThat(kernel.ours(desired)).isEqualTo(desired.byChain());
    }

    @Test
    void aChangeWhereChainsOfOursAreGoneRestoresThemAll() throws Exception {
        SpecSketch sketch = new SpecSketch();
        Ruleset before = ForeignRules.growing(sketch).getLast();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
        ForeignRules.table("nat", "-F");
        ForeignRules.table("nat", "-X", "PATCHBAY");
        sketch.network("10.99.0.0/16");
        Ruleset after = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, before, after));
        assertThat(kernel.ours(after)).isEqualTo(after.byChain());
    }

    @Test
    void whatAPersonPutsInTheUserChainStays() throws Exception {
        SpecSketch sketch = new SpecSketch();
        sketch.network("10.1.0.0/16");
        Ruleset rules = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        ForeignRules.table("filter", "-I", "PATCHBAY-USER", "-s", "203.0.113.0/24", "-j", "DROP");
        ForeignRules.table("filter", "-I", "PATCHBAY-USER", "-j", "RETURN");
        String saved = ForeignRules.saved();
        assertThat(RuleScriptPlanner.planRepair(iptables.read(), rules, rules).isEmpty())
                .isTrue();
        ForeignRules.table("filter", "-F", "FORWARD");
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), rules, rules));
        assertThat(chain(ForeignRules.saved(), "PATCHBAY-USER"))
                .isEqualTo(chain(saved, "PATCHBAY-USER"))
                .hasSize(3);
    }

    @Test
    void manyNetworksAreRestoredInOneScript() throws Exception {
        SpecSketch sketch = new SpecSketch();
        for (int i = 0; i < 500; i++) {
            NetworkSpec network = sketch.network("10.%d.%d.0/24".formatted(i / 250, i % 250));
            sketch.port(sketch.sandboxOn(network, "10.%d.%d.2/24".formatted(i / 250, i % 250)), 10000 + i + ":80/tcp");
        }
        Ruleset rules = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        assertThat(kernel.ours(rules)).isEqualTo(rules.byChain());
        for (String chain : List.of("FORWARD", "PATCHBAY-FORWARD")) {
            ForeignRules.table("filter", "-F", chain);
        }
        for (String chain : List.of("POSTROUTING", "PATCHBAY-POSTROUTING")) {
            ForeignRules.table("nat", "-F", chain);
        }
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), rules, rules));
        assertThat(kernel.ours(rules)).isEqualTo(rules.byChain());
    }

    private void damage(Random random) throws Exception {
        List<KernelRule> ours = iptables.read().rules().stream()
                .filter(rule -> rule.specification().contains("PATCHBAY")
                        || rule.specification().contains("pb-")
                        || rule.chain().startsWith("PATCHBAY"))
                .toList();
        KernelRule victim = ours.get(random.nextInt(ours.size()));
        String number = String.valueOf(victim.number());
        switch (random.nextInt(7)) {
            case 0 -> ForeignRules.table(victim.table(), "-D", victim.chain(), number);
            case 1 -> ForeignRules.table(victim.table(), "-F", victim.chain());
            case 2 -> ForeignRules.table("nat", "-F");
            case 3 -> {
                ForeignRules.table("filter", "-F");
                ForeignRules.table("filter", "-X", "PATCHBAY-ISOLATION-STAGE-3");
            }
            case 4 -> {
                // Strangers in chains of ours, one with a line break that a script must not repeat.
                ForeignRules.table("nat", "-I", "PATCHBAY", "-m", "comment", "--comment", "no\nbody", "-j", "RETURN");
                ForeignRules.table("filter", "-I", "PATCHBAY", "-s", "203.0.113.1", "-j", "ACCEPT");
            }
            case 5 -> {
                // The same rule at another place, and twice.
                ForeignRules.table(victim.table(), "-D", victim.chain(), number);
                String[] again = ("-I " + victim.chain() + " " + victim.specification()).split(" ");
                ForeignRules.table(victim.table(), again);
                ForeignRules.table(victim.table(), again);
            }
            default -> {
                ForeignRules.table("filter", "-I", "FORWARD", "3", "-o", "pb-00000000dead", "-j", "PATCHBAY");
                ForeignRules.table("filter", "-I", "PATCHBAY-FORWARD", "1", "-o", "pb-00000000dead", "-j", "PATCHBAY");
            }
        }
    }

    private static List<String> chain(String saved, String name) {
        return saved.lines().filter(line -> line.startsWith("-A " + name + " ")).toList();
    }
}
