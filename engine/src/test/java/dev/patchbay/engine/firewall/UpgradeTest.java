package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.ruleset.LegacyLayout;
import dev.patchbay.engine.ruleset.Rule;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.RulesetScripts;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The rules of a host that version 0.1 left become those of the present layout by the repair of the first start.
@ExtendWith(PrivateNamespace.class)
class UpgradeTest {
    private static final Set<String> NEW_JUMPS =
            Set.of("-j PATCHBAY-FORWARD", "-j PATCHBAY-POSTROUTING", "-j PATCHBAY-PREROUTING");

    private final Iptables iptables = new Iptables(Family.IPV4, new TransactionCounter());
    private final ForeignRules kernel = new ForeignRules(iptables);
    private final SpecSketch sketch = new SpecSketch();
    private Ruleset rules;

    @BeforeEach
    void aHostOfBefore(@TempDir Path directory) throws Exception {
        kernel.addForeign();
        for (int i = 1; i <= 20; i++) {
            NetworkSpec network =
                    sketch.network("10." + i + ".0.0/16", i == 2 ? "internal" : "", i % 3 == 0 ? "noicc" : "");
            sketch.port(sketch.sandboxOn(network, "10." + i + ".0.2/16"), 8000 + i + ":80/tcp");
            sketch.port(sketch.sandboxOn(network, "10." + i + ".0.3/16"), "127.0.0.1:" + (9000 + i) + ":80/tcp");
        }
        rules = sketch.rules();
        Path script = directory.resolve("rules");
        Files.writeString(script, textOfBefore(rules));
        Shell.run("iptables-restore", "--noflush", script.toString());
        Shell.run("iptables", "-P", "FORWARD", "DROP");
    }

    @AfterEach
    void flush() throws Exception {
        kernel.flush();
    }

    /// Below those of others, as that version wrote them.
    private static String textOfBefore(Ruleset rules) {
        Map<String, StringBuilder> tables = new LinkedHashMap<>();
        for (Chain chain : rules.chains()) {
            StringBuilder text = tables.computeIfAbsent(chain.table(), table -> new StringBuilder("*" + table + "\n"));
            if (LegacyLayout.placeOf(chain).equals(chain)) {
                text.append("-N " + chain.name() + "\n");
            }
        }
        Map<Chain, List<Rule>> chains = rules.byChain();
        chains.forEach((chain, its) -> {
            if (!LegacyLayout.placeOf(chain).equals(chain)) {
                return;
            }
            List<Rule> there = new ArrayList<>(its);
            chains.forEach((from, moved) -> {
                if (!from.equals(chain) && LegacyLayout.placeOf(from).equals(chain)) {
                    there.addAll(moved);
                }
            });
            String jumpToThird = "-j " + OwnChain.ISOLATION_3;
            there.stream()
                    .map(Rule::specification)
                    .filter(rule -> !NEW_JUMPS.contains(rule) && !rule.equals(jumpToThird))
                    .forEach(rule -> Objects.requireNonNull(tables.get(chain.table()))
                            .append("-A " + chain.name() + " " + rule
                                    + (rule.equals("-o pb-000000000001 -j PATCHBAY") ? " -c 7 420" : "") + "\n"));
        });
        return tables.values().stream().map(text -> text + "COMMIT\n").collect(Collectors.joining());
    }

    @Test
    void rulesMoveWithTheirCountersAndThoseOfOthersStay() throws Exception {
        List<String> foreign = kernel.foreign();
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), rules, rules));
        assertThat(kernel.ours(rules)).isEqualTo(rules.byChain());
        assertThat(kernel.foreign()).isEqualTo(foreign);
        assertThat(kernel.packets("-o pb-000000000001 -j PATCHBAY")).isEqualTo(7);
        assertThat(RuleScriptPlanner.planRepair(iptables.read(), rules, rules).isEmpty())
                .isTrue();
        iptables.run(RulesetScripts.plan(iptables, rules, Ruleset.EMPTY));
        assertThat(ForeignRules.saved()).doesNotContain("PATCHBAY");
    }

    @Test
    void rulesOfNetworksThatNoRecordKnowsGo() throws Exception {
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), Ruleset.EMPTY, rules));
        assertThat(ForeignRules.saved())
                .doesNotContain("PATCHBAY", "-o pb-")
                .contains("-A FORWARD -i pb-000000000001 -o eth9 -j DROP");
    }

    @Test
    void aRepairThatFailedHalfwayIsDoneByTheNext(@TempDir Path directory) throws Exception {
        RuleScript repair = RuleScriptPlanner.planRepair(iptables.read(), rules, rules);
        List<Edit> edits = new ArrayList<>(repair.edits());
        edits.add(new Edit.Insert(new Chain(Family.IPV4, "nat", "POSTROUTING"), 1, false, "-j NOSUCH", 0, 0));
        String saved = ForeignRules.saved();
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> iptables.run(new RuleScript(edits)));
        assertThat(ForeignRules.saved()).isEqualTo(saved);
        // As a helper that was killed between two tables leaves them.
        Path script = directory.resolve("filter");
        Files.writeString(
                script,
                repair.text()
                        .substring(
                                repair.text().indexOf("*filter"), repair.text().indexOf("*nat")));
        Shell.run("iptables-restore", "--noflush", script.toString());
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), rules, rules));
        assertThat(kernel.ours(rules)).isEqualTo(rules.byChain());
        assertThat(RuleScriptPlanner.planRepair(iptables.read(), rules, rules).isEmpty())
                .isTrue();
    }

    @Test
    void noPacketIsLostMeanwhile() throws Exception {
        Shell.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
        connect("inside", "10.1.0.2/16", "10.1.0.1");
        connect("outside", "198.51.100.1/24", "198.51.100.2");
        Shell.run("ip", "link", "add", "pb-000000000001", "type", "bridge");
        Shell.run("ip", "address", "add", "10.1.0.1/16", "dev", "pb-000000000001");
        Shell.run("ip", "link", "set", "pb-000000000001", "up");
        Shell.run("ip", "link", "set", "v-inside", "master", "pb-000000000001");
        Shell.run("ip", "address", "add", "198.51.100.2/24", "dev", "v-outside");
        try {
            Process ping = new ProcessBuilder(
                            "ip netns exec inside busybox ping -q -i 0.01 -c 400 -W 5 198.51.100.1".split(" "))
                    .start();
            RuleScript repair = RuleScriptPlanner.planRepair(iptables.read(), rules, rules);
            iptables.run(repair);
            iptables.run(repair.inverse());
            iptables.run(repair);
            String told = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(told).contains(" 0% packet loss");
        } finally {
            for (String link : List.of("v-inside", "v-outside", "pb-000000000001")) {
                Shell.run("ip", "link", "delete", link);
            }
            Shell.run("ip", "netns", "delete", "inside");
            Shell.run("ip", "netns", "delete", "outside");
        }
    }

    private static void connect(String name, String address, String gateway) throws Exception {
        Shell.run("ip", "netns", "add", name);
        Shell.run(("ip link add v-" + name + " type veth peer name eth0 netns " + name).split(" "));
        Shell.run("ip", "link", "set", "v-" + name, "up");
        Shell.run("ip", "-n", name, "link", "set", "eth0", "up");
        Shell.run("ip", "-n", name, "address", "add", address, "dev", "eth0");
        Shell.run("ip", "-n", name, "route", "add", "default", "via", gateway);
    }
}
