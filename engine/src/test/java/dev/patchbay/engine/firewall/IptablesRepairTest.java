package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.Sketch;
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
    private final Iptables iptables = new Iptables(Family.IPV4);
    private final KernelTables kernel = new KernelTables(iptables);

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
        Sketch sketch = new Sketch();
        Ruleset desired = KernelTables.growing(sketch).getLast();
        iptables.run(iptables.plan(Ruleset.NONE, desired));
        for (int round = 0; round < 25; round++) {
            damage(random);
            List<String> foreign = kernel.foreign();
            RuleScript repair = iptables.planRepair(desired, desired);
            String damaged = KernelTables.saved();
            iptables.run(repair);
            assertThat(kernel.ours(desired))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(desired.byChain());
            assertThat(kernel.foreign()).isEqualTo(foreign);
            assertThat(iptables.planRepair(desired, desired).isEmpty()).isTrue();
            if (!damaged.contains("no\nbody")) {
                iptables.run(repair.inverse());
                assertThat(KernelTables.saved()).isEqualTo(damaged);
                iptables.run(repair);
            }
        }
    }

    @Test
    void rulesOfNetworksThatAreNoMoreAreRemoved() throws Exception {
        Sketch sketch = new Sketch();
        NetworkSpec stale = sketch.network("10.1.0.0/16", "noicc");
        PortSpec port = sketch.port(sketch.sandboxOn(stale, "10.1.0.2/16"), "8080:80/tcp");
        Ruleset record = sketch.rules();
        iptables.run(iptables.plan(Ruleset.NONE, record));
        sketch.remove(port);
        sketch.remove(stale);
        Ruleset desired = sketch.rules();
        List<String> foreign = kernel.foreign();
        // What only the record knows, the port's hairpin rule, stays without it.
        iptables.run(iptables.planRepair(desired, desired));
        assertThat(KernelTables.saved())
                .contains("-s 10.1.0.2/32 -d 10.1.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE")
                .doesNotContain("-o pb-000000000001");
        iptables.run(iptables.planRepair(desired, record));
        assertThat(KernelTables.saved()).doesNotContain("10.1.0.2");
        assertThat(kernel.foreign()).isEqualTo(foreign);
        assertThat(kernel.ours(desired)).isEqualTo(desired.byChain());
    }

    @Test
    void aChangeWhereChainsOfOursAreGoneRestoresThemAll() throws Exception {
        Sketch sketch = new Sketch();
        Ruleset before = KernelTables.growing(sketch).getLast();
        iptables.run(iptables.plan(Ruleset.NONE, before));
        KernelTables.table("nat", "-F");
        KernelTables.table("nat", "-X", "PATCHBAY");
        sketch.network("10.99.0.0/16");
        Ruleset after = sketch.rules();
        iptables.run(iptables.plan(before, after));
        assertThat(kernel.ours(after)).isEqualTo(after.byChain());
    }

    @Test
    void whatAPersonPutsInTheUserChainStays() throws Exception {
        Sketch sketch = new Sketch();
        sketch.network("10.1.0.0/16");
        Ruleset rules = sketch.rules();
        iptables.run(iptables.plan(Ruleset.NONE, rules));
        KernelTables.table("filter", "-I", "PATCHBAY-USER", "-s", "203.0.113.0/24", "-j", "DROP");
        KernelTables.table("filter", "-I", "PATCHBAY-USER", "-j", "RETURN");
        String saved = KernelTables.saved();
        assertThat(iptables.planRepair(rules, rules).isEmpty()).isTrue();
        KernelTables.table("filter", "-F", "FORWARD");
        iptables.run(iptables.planRepair(rules, rules));
        assertThat(chain(KernelTables.saved(), "PATCHBAY-USER"))
                .isEqualTo(chain(saved, "PATCHBAY-USER"))
                .hasSize(3);
    }

    @Test
    void manyNetworksAreRestoredInOneScript() throws Exception {
        Sketch sketch = new Sketch();
        for (int i = 0; i < 500; i++) {
            NetworkSpec network = sketch.network("10.%d.%d.0/24".formatted(i / 250, i % 250));
            sketch.port(sketch.sandboxOn(network, "10.%d.%d.2/24".formatted(i / 250, i % 250)), 10000 + i + ":80/tcp");
        }
        Ruleset rules = sketch.rules();
        iptables.run(iptables.plan(Ruleset.NONE, rules));
        assertThat(kernel.ours(rules)).isEqualTo(rules.byChain());
        KernelTables.table("filter", "-F", "FORWARD");
        KernelTables.table("nat", "-F", "POSTROUTING");
        iptables.run(iptables.planRepair(rules, rules));
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
            case 0 -> KernelTables.table(victim.table(), "-D", victim.chain(), number);
            case 1 -> KernelTables.table(victim.table(), "-F", victim.chain());
            case 2 -> KernelTables.table("nat", "-F");
            case 3 -> {
                KernelTables.table("filter", "-F");
                KernelTables.table("filter", "-X", "PATCHBAY-ISOLATION-STAGE-2");
            }
            case 4 -> {
                // Strangers in chains of ours, one with a line break that a script must not repeat.
                KernelTables.table("nat", "-I", "PATCHBAY", "-m", "comment", "--comment", "no\nbody", "-j", "RETURN");
                KernelTables.table("filter", "-I", "PATCHBAY", "-s", "203.0.113.1", "-j", "ACCEPT");
            }
            case 5 -> {
                // The same rule at another place, and twice.
                KernelTables.table(victim.table(), "-D", victim.chain(), number);
                String[] again = ("-I " + victim.chain() + " " + victim.specification()).split(" ");
                KernelTables.table(victim.table(), again);
                KernelTables.table(victim.table(), again);
            }
            default -> KernelTables.table("filter", "-I", "FORWARD", "3", "-o", "pb-00000000dead", "-j", "PATCHBAY");
        }
    }

    private static List<String> chain(String saved, String name) {
        return saved.lines().filter(line -> line.startsWith("-A " + name + " ")).toList();
    }
}
