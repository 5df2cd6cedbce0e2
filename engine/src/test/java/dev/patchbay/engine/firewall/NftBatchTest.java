package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.ruleset.RuleLayout;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// No rule is searched for by iptables, and yet the tables are, to the byte, what they would be if it had been.
@ExtendWith(PrivateNamespace.class)
class NftBatchTest {
    /// What makes iptables read whole chains.
    private static final String SEARCH = "(?s).*(\n-D |\n-I \\S+ ([2-9]|1\\d)|iptables-save).*";

    private final SpecSketch sketch = new SpecSketch();
    private RecordingIptables recorded;
    private Iptables iptables;
    private ForeignRules kernel;
    private NetworkSpec old;
    private EndpointSpec endpoint;

    @BeforeEach
    void aHostWithRulesOfOthersAndOfOurs(@TempDir Path directory) throws Exception {
        recorded = new RecordingIptables(directory, Family.IPV4);
        iptables = new Iptables(Family.IPV4, recorded.tool(), new TransactionCounter());
        kernel = new ForeignRules(iptables);
        kernel.addForeign();
        old = sketch.network("10.1.0.0/16");
        endpoint = sketch.sandboxOn(old, "10.1.0.2/16");
        sketch.port(endpoint, "8080:80/tcp");
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, sketch.rules()));
        iptables.read();
        // Others put theirs between ours and below them, and packets pass.
        ForeignRules.table("filter", "-I", "FORWARD", "5", "-s", "203.0.113.9", "-j", "DROP", "-c", "3", "180");
        ForeignRules.table("nat", "-A", "POSTROUTING", "-s", "203.0.113.9", "-j", "RETURN");
        iptables.read();
        recorded.told();
    }

    @AfterEach
    void flush() throws Exception {
        kernel.flush();
    }

    private RuleScript next(Ruleset before) throws EngineException {
        // Not through Firewall.plan, which reads all rules.
        return new ScriptPlanner(Objects.requireNonNull(iptables.cached())).planChange(before, sketch.rules());
    }

    private static String counted() throws Exception {
        return Shell.run("iptables-save", "-c")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.startsWith(":") ? line.replaceAll(" \\[.*", "") : line)
                .collect(Collectors.joining("\n"));
    }

    /// What iptables alone makes of the same edits.
    private static String madeByIptables(RuleScript script, RuleScript inverse) throws Exception {
        IptablesPrograms tool = new IptablesPrograms(Family.IPV4, Duration.ofSeconds(60));
        tool.run("step", IptablesPrograms.Name.RESTORE, script.text(), "--noflush", "--wait");
        String made = counted();
        tool.run("step", IptablesPrograms.Name.RESTORE, inverse.text(), "--noflush", "--wait");
        return made;
    }

    @Test
    void whatComesAndGoesIsNeverSearchedFor() throws Exception {
        List<String> snapshots = new ArrayList<>();
        List<RuleScript> scripts = new ArrayList<>();
        List<Runnable> changes = List.of(
                () -> sketch.network("10.2.0.0/16"),
                () -> sketch.network("10.3.0.0/16", "internal"),
                () -> sketch.port(endpoint, "127.0.0.1:8081:81/udp"),
                () -> sketch.port(endpoint, "8082:82/sctp", "192.0.2.0/24"),
                () -> sketch.replace(old, SpecSketch.turned(old)),
                () -> sketch.specs().ports().forEach(sketch::remove));
        for (Runnable change : changes) {
            Ruleset before = sketch.rules();
            change.run();
            snapshots.add(counted());
            RuleScript script = next(before);
            recorded.told();
            iptables.run(script);
            assertThat(recorded.told()).as(script.lines().toString()).doesNotMatch(SEARCH);
            assertThat(iptables.changedByOthers()).isFalse();
            scripts.add(script);
        }
        for (RuleScript script : scripts.reversed()) {
            recorded.told();
            iptables.run(script.inverse());
            assertThat(recorded.told()).as(script.lines().toString()).doesNotMatch(SEARCH);
            assertThat(counted()).isEqualTo(snapshots.removeLast());
        }
    }

    @Test
    void theTablesAreAsIptablesMakesThem() throws Exception {
        Ruleset before = sketch.rules();
        sketch.network("10.2.0.0/16");
        sketch.port(endpoint, "127.0.0.1:8081:81/udp");
        sketch.replace(old, SpecSketch.turned(old));
        RuleScript script = RulesetScripts.plan(iptables, before, sketch.rules());
        String made = madeByIptables(script, script.inverse());
        iptables.read();
        recorded.told();
        iptables.run(script);
        assertThat(recorded.told()).doesNotMatch(SEARCH);
        assertThat(counted()).isEqualTo(made);
    }

    @Test
    void whatIptablesIsToldDoesNotGrowWithWhatThereIs() throws Exception {
        List<Integer> few = lengthsOfARound();
        Ruleset before = sketch.rules();
        for (int i = 0; i < 150; i++) {
            sketch.port(
                    sketch.sandboxOn(sketch.network("10.20." + i + ".0/24"), "10.20." + i + ".2/24"),
                    i + 2000 + ":80/tcp");
        }
        iptables.run(next(before));
        recorded.told();
        assertThat(lengthsOfARound()).isEqualTo(few);
    }

    private List<Integer> lengthsOfARound() throws Exception {
        List<Integer> lengths = new ArrayList<>();
        Ruleset before = sketch.rules();
        NetworkSpec network = sketch.network("10.9.0.0/16");
        lengths.add(toldFor(before));
        before = sketch.rules();
        PortSpec port = sketch.port(endpoint, "8081:81/tcp");
        lengths.add(toldFor(before));
        before = sketch.rules();
        sketch.remove(port);
        lengths.add(toldFor(before));
        before = sketch.rules();
        sketch.remove(network);
        lengths.add(toldFor(before));
        return lengths;
    }

    private int toldFor(Ruleset before) throws Exception {
        iptables.run(next(before));
        String told = recorded.told();
        assertThat(told).doesNotMatch(SEARCH);
        return (int) told.lines().count();
    }

    @Test
    void rulesOfIpv6AsWell(@TempDir Path directory) throws Exception {
        RecordingIptables recordedTool = new RecordingIptables(directory, Family.IPV6);
        Iptables ip6tables = new Iptables(Family.IPV6, recordedTool.tool(), new TransactionCounter());
        SpecSketch six = new SpecSketch();
        NetworkSpec first = six.network("10.1.0.0/16", "fd00:1::/64");
        Ruleset before = six.rules(Family.IPV6);
        try {
            ip6tables.run(RulesetScripts.plan(ip6tables, Ruleset.EMPTY, before));
            String saved = Shell.run("ip6tables-save").replaceAll("(?m)^#.*$", "");
            ip6tables.read();
            recordedTool.told();
            six.network("10.2.0.0/16", "fd00:2::/64");
            six.port(six.sandboxOn(first, "10.1.0.2/16", "fd00:1::2/64"), ":::8080:80/tcp");
            RuleScript script = new ScriptPlanner(Objects.requireNonNull(ip6tables.cached()))
                    .planChange(before, six.rules(Family.IPV6));
            ip6tables.run(script);
            assertThat(Shell.run("ip6tables-save"))
                    .contains("-A PATCHBAY -p tcp -m tcp --dport 8080 -j DNAT --to-destination [fd00:1::2]:80");
            ip6tables.run(script.inverse());
            assertThat(recordedTool.told()).contains("PATCHBAY-DRAFT").doesNotMatch(SEARCH);
            assertThat(Shell.run("ip6tables-save").replaceAll("(?m)^#.*$", "")).isEqualTo(saved);
        } finally {
            for (String table : List.of("filter", "nat")) {
                Shell.run("ip6tables", "-t", table, "-F");
                Shell.run("ip6tables", "-t", table, "-X");
            }
        }
    }

    @Test
    void anotherHelperLearnsTheHandles() throws Exception {
        Iptables restarted = new Iptables(Family.IPV4, recorded.tool(), new TransactionCounter());
        restarted.read();
        Ruleset before = sketch.rules();
        String saved = counted();
        sketch.network("10.2.0.0/16");
        RuleScript script =
                new ScriptPlanner(Objects.requireNonNull(restarted.cached())).planChange(before, sketch.rules());
        recorded.told();
        restarted.run(script);
        restarted.run(script.inverse());
        assertThat(recorded.told()).doesNotMatch(SEARCH);
        assertThat(counted()).isEqualTo(saved);
    }

    @Test
    void aRuleOfTheSameWordsThatSomebodyElseAddedStays() throws Exception {
        PortSpec port = sketch.specs().ports().getFirst();
        String rule = "-s 10.1.0.2/32 -d 10.1.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE";
        ForeignRules.table("nat", ("-A POSTROUTING " + rule).split(" "));
        ForeignRules.table("nat", "-A", "POSTROUTING", "-s", "203.0.113.10", "-j", "RETURN");
        iptables.read();
        Ruleset before = sketch.rules();
        sketch.remove(port);
        iptables.run(next(before));
        assertThat(Shell.run("iptables-save", "-t", "nat"))
                .containsOnlyOnce("-A POSTROUTING " + rule + "\n-A POSTROUTING -s 203.0.113.10/32 -j RETURN\n");
        assertThat(Shell.run("iptables-save", "-t", "nat").lines().filter(line -> line.contains(rule)))
                .hasSize(1);
    }

    @Test
    void whoeverMeddlesBetweenDraftAndDeedKeepsTheirRule() throws Exception {
        Ruleset before = sketch.rules();
        String saved = counted();
        sketch.network("10.2.0.0/16");
        RuleScript script = next(before);
        recorded.meddle("iptables -I FORWARD 1 -s 203.0.113.11 -j DROP; iptables -D FORWARD -s 203.0.113.9 -j DROP");
        iptables.run(script);
        assertThat(recorded.told()).contains("-N PATCHBAY-DRAFT");
        assertThat(kernel.ours(sketch.rules())).isEqualTo(sketch.rules().byChain());
        assertThat(counted())
                .doesNotContain("PATCHBAY-DRAFT")
                .contains("-A FORWARD -s 203.0.113.11/32 -j DROP")
                .doesNotContain("-A FORWARD -s 203.0.113.9/32 -j DROP");
        iptables.run(script.inverse());
        ForeignRules.table("filter", "-D", "FORWARD", "1");
        ForeignRules.table("filter", "-I", "FORWARD", "5", "-s", "203.0.113.9", "-j", "DROP", "-c", "3", "180");
        assertThat(counted()).isEqualTo(saved);
    }

    @Test
    void aDraftThatACrashLeftIsInNobodysWayAndRepaired() throws Exception {
        String saved = counted();
        for (String table : List.of("raw", "filter", "nat")) {
            ForeignRules.table(table, "-N", RuleLayout.STAGING);
            ForeignRules.table(table, "-A", RuleLayout.STAGING, "-j", "RETURN");
        }
        iptables.read();
        Ruleset before = sketch.rules();
        NetworkSpec network = sketch.network("10.2.0.0/16");
        iptables.run(next(before));
        assertThat(kernel.ours(sketch.rules()))
                .containsAllEntriesOf(sketch.rules().byChain());
        before = sketch.rules();
        sketch.remove(network);
        iptables.run(next(before));
        RuleScript repair = iptables.planRepair(sketch.rules(), sketch.rules());
        assertThat(repair.lines()).hasSize(6).contains("iptables -t raw -X PATCHBAY-DRAFT");
        iptables.run(repair);
        assertThat(counted()).isEqualTo(saved);
    }

    @Test
    void aRuleThatTheKernelRefusesLeavesNothing() throws Exception {
        Ruleset before = sketch.rules();
        sketch.network("10.2.0.0/16");
        List<Edit> edits = new ArrayList<>(next(before).edits());
        String saved = counted();
        // Fit for a chain that nothing leads to, but not for this one.
        edits.add(new Edit.Insert(new Chain(Family.IPV4, "nat", "PREROUTING"), 1, false, "-j MASQUERADE", 0, 0));
        RuleScript bad = next(before).with(edits);
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> iptables.run(bad));
        assertThat(counted()).isEqualTo(saved);
    }
}
