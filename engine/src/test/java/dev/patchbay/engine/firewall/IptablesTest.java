package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.NfTables;
import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.RulesetScripts;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class IptablesTest {
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

    @Test
    void tellsItsVersion() throws Exception {
        assertThat(iptables.version()).startsWith("iptables v");
    }

    @Test
    void aChangeAndItsInverseLeaveEveryByteAsItWas() throws Exception {
        SpecSketch sketch = new SpecSketch();
        List<String> snapshots = new ArrayList<>();
        List<RuleScript> scripts = new ArrayList<>();
        Ruleset before = Ruleset.EMPTY;
        for (Ruleset after : ForeignRules.growing(sketch)) {
            snapshots.add(ForeignRules.saved());
            RuleScript script = RulesetScripts.plan(iptables, before, after);
            iptables.run(script);
            assertThat(kernel.ours(after)).isEqualTo(after.byChain());
            assertThat(RuleScriptPlanner.planRepair(iptables.read(), after, after)
                            .isEmpty())
                    .isTrue();
            scripts.add(script);
            before = after;
        }
        for (RuleScript script : scripts.reversed()) {
            iptables.run(script.inverse());
            assertThat(ForeignRules.saved()).isEqualTo(snapshots.removeLast());
        }
    }

    @Test
    void removingEverythingLeavesTheRulesOfOthers() throws Exception {
        String before = ForeignRules.saved();
        SpecSketch sketch = new SpecSketch();
        Ruleset rules = ForeignRules.growing(sketch).getLast();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        iptables.run(RulesetScripts.plan(iptables, rules, Ruleset.EMPTY));
        assertThat(ForeignRules.saved()).isEqualTo(before);

        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), Ruleset.EMPTY, rules));
        assertThat(ForeignRules.saved()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 6, 17, 20})
    void whatAnActionIsAboutGivesTheSameRulesAsAllThereIs(long seed) throws Exception {
        Random random = new Random(seed);
        SpecSketch sketch = new SpecSketch();
        Specs before = sketch.specs();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, sketch.rules()));
        for (int round = 0; round < 60; round++) {
            mutate(sketch, random);
            if (random.nextInt(6) == 0) {
                // A hand that changes the rules between two actions.
                ForeignRules.table("filter", "-I", "FORWARD", "1", "-s", "203.0.113." + round, "-j", "DROP");
            }
            List<String> foreign = kernel.foreign();
            SpecChange change = between(before, sketch.specs());
            Specs after = before.after(change);
            RuleChange rules = RuleChange.of(before, change, after);
            String saved = ForeignRules.saved();
            RuleScript script = RuleScriptPlanner.planChange(iptables, Family.IPV4, rules);
            iptables.run(script);
            assertThat(kernel.ours(Ruleset.of(Family.IPV4, after)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(Ruleset.of(Family.IPV4, after).byChain());
            assertThat(kernel.foreign()).isEqualTo(foreign);
            assertHandlesAreThoseOfTheKernel();
            // What the first network brings comes back elsewhere among the rules of others when it was gone.
            if (random.nextInt(3) == 0 && before.hasNetworks() && after.hasNetworks()) {
                iptables.run(RuleScriptPlanner.planChange(iptables, Family.IPV4, rules.inverse()));
                assertThat(ForeignRules.saved()).as("taken back").isEqualTo(saved);
                iptables.run(RuleScriptPlanner.planChange(iptables, Family.IPV4, rules));
            }
            sketch.become(after);
            before = after;
        }
        assertThat(RuleScriptPlanner.planRepair(
                                iptables.read(), Ruleset.of(Family.IPV4, before), Ruleset.of(Family.IPV4, before))
                        .isEmpty())
                .isTrue();
    }

    /// A wrong one would delete another rule than is meant.
    private void assertHandlesAreThoseOfTheKernel() throws Exception {
        RuleCache known = Objects.requireNonNull(iptables.cache);
        for (Chain chain : known.chains().keySet()) {
            List<Long> handles = NfTables.handles(chain);
            assertThat(known.rulesOf(chain)).as(chain.toString()).hasSameSizeAs(handles);
            for (int i = 0; i < handles.size(); i++) {
                assertThat(known.rulesOf(chain).get(i).handle()).isIn(RuleCache.UNKNOWN, handles.get(i));
            }
        }
    }

    private static SpecChange between(Specs before, Specs after) {
        List<Spec> put = after.all().stream()
                .filter(spec -> !spec.equals(before.find(spec.id())))
                .toList();
        List<Id> remove = before.all().stream()
                .map(Spec::id)
                .filter(id -> after.find(id) == null)
                .toList();
        return new SpecChange(put, remove);
    }

    @Test
    void itsOwnChangesAreKnownAndThoseOfOthersAreNoticed() throws Exception {
        SpecSketch sketch = new SpecSketch();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, sketch.rules()));
        Specs before = sketch.specs();
        sketch.network("10.1.0.0/16");
        SpecChange change = between(before, sketch.specs());
        iptables.run(RuleScriptPlanner.planChange(
                iptables, Family.IPV4, RuleChange.of(before, change, before.after(change))));
        assertThat(iptables.changedByOthers()).isFalse();
        assertThat(iptables.read().chains()).isNotEmpty();
        ForeignRules.table("nat", "-A", "POSTROUTING", "-s", "203.0.113.1", "-j", "RETURN");
        assertThat(iptables.changedByOthers()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anySequenceOfChangesEndsWithTheRulesOfTheSpecs(long seed) throws Exception {
        Random random = new Random(seed);
        SpecSketch sketch = new SpecSketch();
        Ruleset before = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
        for (int round = 0; round < 40; round++) {
            mutate(sketch, random);
            if (random.nextInt(4) == 0) {
                // Others put theirs wherever they like meanwhile.
                ForeignRules.table("filter", "-I", "FORWARD", "1", "-s", "203.0.113." + round, "-j", "DROP");
                ForeignRules.table("nat", "-A", "POSTROUTING", "-s", "203.0.113." + round, "-j", "RETURN");
            }
            List<String> foreign = kernel.foreign();
            Ruleset after = sketch.rules();
            iptables.run(RulesetScripts.plan(iptables, before, after));
            assertThat(kernel.ours(after)).as("seed %d, round %d", seed, round).isEqualTo(after.byChain());
            assertThat(kernel.foreign()).isEqualTo(foreign);
            before = after;
        }
        assertThat(RuleScriptPlanner.planRepair(iptables.read(), before, before).isEmpty())
                .isTrue();
    }

    @Test
    void aTableThatWasCommittedIsTakenBackWhenTheNextOneFails() throws Exception {
        SpecSketch sketch = new SpecSketch();
        Ruleset rules = ForeignRules.growing(sketch).getLast();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        String before = ForeignRules.saved();
        for (String bad : List.of("-j NOSUCH", "--no-such-option", "-p tcp --dport 99999 -j ACCEPT")) {
            RuleScript good = RulesetScripts.plan(iptables, rules, new SpecSketch().rules());
            List<Edit> edits = new ArrayList<>(good.edits());
            edits.add(new Edit.Insert(new Chain(Family.IPV4, "nat", "POSTROUTING"), 1, false, bad, 0, 0));
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> iptables.run(new RuleScript(edits)))
                    .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
            assertThat(ForeignRules.saved()).isEqualTo(before);
        }
    }

    @Test
    void countersOfRulesThatStayAreKept() throws Exception {
        SpecSketch sketch = new SpecSketch();
        NetworkSpec network = sketch.network("10.1.0.0/16");
        Ruleset before = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
        String rule = "-i pb-000000000001 -o pb-000000000001 -j ACCEPT";
        ForeignRules.table(
                "filter", "-D", "PATCHBAY-FORWARD", "-i", network.bridge(), "-o", network.bridge(), "-j", "ACCEPT");
        ForeignRules.table("filter", ("-I PATCHBAY-FORWARD 4 " + rule + " -c 7 420").split(" "));
        sketch.network("10.2.0.0/16");
        Ruleset after = sketch.rules();
        RuleScript script = RulesetScripts.plan(iptables, before, after);
        iptables.run(script);
        assertThat(kernel.packets(rule)).isEqualTo(7);
    }

    @Test
    void takingARemovalBackRestoresTheCounters() throws Exception {
        SpecSketch sketch = new SpecSketch();
        NetworkSpec network = sketch.network("10.1.0.0/16");
        Ruleset before = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
        String rule = "-i pb-000000000001 -o pb-000000000001 -j ACCEPT";
        ForeignRules.table("filter", ("-D PATCHBAY-FORWARD " + rule).split(" "));
        ForeignRules.table("filter", ("-I PATCHBAY-FORWARD 4 " + rule + " -c 7 420").split(" "));
        sketch.remove(network);
        RuleScript removal = RulesetScripts.plan(iptables, before, sketch.rules());
        iptables.run(removal);
        iptables.run(removal.inverse());
        assertThat(kernel.packets(rule)).isEqualTo(7);
    }

    @Test
    void thePolicyIsSetOnceAndTakenBack() throws Exception {
        RuleScript drop = RuleScript.forwardPolicyDrop(Family.IPV4, iptables.read());
        assertThat(drop.lines()).containsExactly("iptables -P FORWARD DROP");
        iptables.run(drop);
        assertThat(ForeignRules.saved()).contains(":FORWARD DROP");
        assertThat(RuleScript.forwardPolicyDrop(Family.IPV4, iptables.read()).isEmpty())
                .isTrue();
        iptables.run(drop.inverse());
        assertThat(ForeignRules.saved()).contains(":FORWARD ACCEPT");
    }

    @Test
    void whatIptablesIsToldDoesNotGrowWithWhatThereIs(@TempDir Path directory) throws Exception {
        RecordingIptables recorded = new RecordingIptables(directory, Family.IPV4);
        Iptables told = new Iptables(Family.IPV4, recorded.tool(), new TransactionCounter());
        SpecSketch sketch = new SpecSketch();
        EndpointSpec endpoint = sketch.sandboxOn(sketch.network("10.1.0.0/16"), "10.1.0.2/16");
        told.run(RulesetScripts.plan(told, Ruleset.EMPTY, sketch.rules()));
        told.read();
        recorded.told();
        List<Long> few = lengthsOfARound(told, recorded, sketch, endpoint);
        Ruleset before = sketch.rules();
        for (int i = 0; i < 150; i++) {
            sketch.port(
                    sketch.sandboxOn(sketch.network("10.20." + i + ".0/24"), "10.20." + i + ".2/24"),
                    i + 2000 + ":80/tcp");
        }
        told.run(RulesetScripts.plan(told, before, sketch.rules()));
        told.read();
        recorded.told();
        assertThat(lengthsOfARound(told, recorded, sketch, endpoint)).isEqualTo(few);
    }

    private static List<Long> lengthsOfARound(
            Iptables told, RecordingIptables recorded, SpecSketch sketch, EndpointSpec endpoint) throws Exception {
        List<Long> lengths = new ArrayList<>();
        Specs empty = sketch.specs();
        NetworkSpec network = sketch.network("10.9.0.0/16");
        Specs created = sketch.specs();
        PortSpec port = sketch.port(endpoint, "8081:81/tcp");
        Specs published = sketch.specs();
        sketch.remove(port);
        sketch.remove(network);
        List<Specs> round = List.of(empty, created, published, created, empty);
        for (int i = 1; i < round.size(); i++) {
            SpecChange change = between(round.get(i - 1), round.get(i));
            told.run(RuleScriptPlanner.planChange(
                    told, Family.IPV4, RuleChange.of(round.get(i - 1), change, round.get(i))));
            // What makes iptables read whole chains.
            String words = recorded.told();
            assertThat(words).doesNotContain("iptables-save").doesNotMatch("(?s).*(\n-D |\n-I \\S+ ([2-9]|1\\d)).*");
            assertThat(told.changedByOthers()).isFalse();
            lengths.add(words.lines().count());
        }
        // What goes is told to the kernel.
        assertThat(lengths.subList(2, 4)).containsOnly(0L);
        assertHandlesAreKnown(told);
        told.read();
        assertHandlesAreKnown(told);
        return lengths;
    }

    /// So the next rule to go in these chains does not cost a list of all that they hold.
    private static void assertHandlesAreKnown(Iptables told) {
        RuleCache known = Objects.requireNonNull(told.cache);
        for (OwnChain chain : List.of(
                OwnChain.LOOPBACK,
                OwnChain.FORWARD,
                OwnChain.ISOLATION_1,
                OwnChain.ISOLATION_3,
                OwnChain.POSTROUTING,
                OwnChain.PUBLISHED,
                OwnChain.DNAT)) {
            assertThat(known.hasHandles(chain.in(Family.IPV4)))
                    .as(chain.toString())
                    .isTrue();
        }
    }

    @Test
    void ofTwoRulesOfTheSameWordsTheOneThatIsMeantGoes() throws Exception {
        ForeignRules.table("filter", "-N", "PATCHBAY-FORWARD");
        for (String counters : List.of("1", "2")) {
            ForeignRules.table(
                    "filter", "-A", "PATCHBAY-FORWARD", "-s", "203.0.113.7", "-j", "DROP", "-c", counters, "0");
        }
        iptables.read();
        Chain chain = new Chain(Family.IPV4, "filter", "PATCHBAY-FORWARD");
        String rule = "-s 203.0.113.7/32 -j DROP";
        iptables.run(new RuleScript(List.of(new Edit.Delete(chain, 2, true, true, rule, 2, 0))));
        assertThat(Shell.run("iptables-save", "-c", "-t", "filter"))
                .contains("[1:0] -A PATCHBAY-FORWARD " + rule)
                .doesNotContain("[2:0]");
    }

    @Test
    void rulesOfOthersThatCameMeanwhileAreNotTakenForOurs() throws Exception {
        SpecSketch sketch = new SpecSketch();
        String saved = ForeignRules.saved();
        sketch.network("10.2.0.0/16");
        NetworkSpec network = sketch.network("10.1.0.0/16");
        Ruleset before = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
        sketch.remove(network);
        RuleScript script = RulesetScripts.plan(iptables, before, sketch.rules());
        ForeignRules.table("filter", "-I", "PATCHBAY-FORWARD", "-s", "203.0.113.9", "-j", "DROP");
        iptables.run(script);
        assertThat(ForeignRules.saved()).contains("-A PATCHBAY-FORWARD -s 203.0.113.9/32 -j DROP");
        ForeignRules.table("filter", "-D", "PATCHBAY-FORWARD", "-s", "203.0.113.9", "-j", "DROP");
        iptables.run(RulesetScripts.plan(iptables, sketch.rules(), Ruleset.EMPTY));
        assertThat(ForeignRules.saved()).isEqualTo(saved);
    }

    @Test
    void aRuleOfTheSameWordsThatSomebodyElseAddedStays() throws Exception {
        SpecSketch sketch = new SpecSketch();
        EndpointSpec endpoint = sketch.sandboxOn(sketch.network("10.1.0.0/16"), "10.1.0.2/16");
        PortSpec port = sketch.port(endpoint, "8080:80/tcp");
        Ruleset before = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, before));
        String rule = "-s 10.1.0.2/32 -d 10.1.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE";
        ForeignRules.table("nat", ("-A POSTROUTING " + rule).split(" "));
        ForeignRules.table("nat", "-A", "POSTROUTING", "-s", "203.0.113.10", "-j", "RETURN");
        sketch.remove(port);
        iptables.run(RulesetScripts.plan(iptables, before, sketch.rules()));
        assertThat(Shell.run("iptables-save", "-t", "nat"))
                .containsOnlyOnce("-A POSTROUTING " + rule + "\n-A POSTROUTING -s 203.0.113.10/32 -j RETURN\n");
        assertThat(Shell.run("iptables-save", "-t", "nat").lines().filter(line -> line.contains(rule)))
                .hasSize(1);
    }

    @Test
    void whoeverMeddlesBetweenReadingAndWritingKeepsTheirRule(@TempDir Path directory) throws Exception {
        RecordingIptables recorded = new RecordingIptables(directory, Family.IPV4);
        Iptables told = new Iptables(Family.IPV4, recorded.tool(), new TransactionCounter());
        SpecSketch sketch = new SpecSketch();
        sketch.network("10.1.0.0/16");
        Ruleset before = sketch.rules();
        told.run(RulesetScripts.plan(told, Ruleset.EMPTY, before));
        ForeignRules.table("filter", "-I", "FORWARD", "5", "-s", "203.0.113.9", "-j", "DROP", "-c", "3", "180");
        String saved = ForeignRules.saved();
        sketch.network("10.2.0.0/16");
        recorded.meddle("iptables -I FORWARD 1 -s 203.0.113.11 -j DROP; iptables -D FORWARD -s 203.0.113.9 -j DROP");
        RuleScript script = RulesetScripts.plan(told, before, sketch.rules());
        told.run(script);
        assertThat(kernel.ours(sketch.rules())).isEqualTo(sketch.rules().byChain());
        assertThat(ForeignRules.saved())
                .contains("-A FORWARD -s 203.0.113.11/32 -j DROP")
                .doesNotContain("-A FORWARD -s 203.0.113.9/32 -j DROP");
        told.run(script.inverse());
        ForeignRules.table("filter", "-D", "FORWARD", "1");
        ForeignRules.table("filter", "-I", "FORWARD", "5", "-s", "203.0.113.9", "-j", "DROP", "-c", "3", "180");
        assertThat(ForeignRules.saved()).isEqualTo(saved);
    }

    @Test
    void aChainOfAnEarlierVersionIsRepaired() throws Exception {
        SpecSketch sketch = new SpecSketch();
        sketch.network("10.1.0.0/16");
        Ruleset rules = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        String saved = ForeignRules.saved();
        for (String table : List.of("raw", "filter", "nat")) {
            ForeignRules.table(table, "-N", "PATCHBAY-DRAFT");
            ForeignRules.table(table, "-A", "PATCHBAY-DRAFT", "-j", "RETURN");
        }
        RuleScript repair = RuleScriptPlanner.planRepair(iptables.read(), rules, rules);
        assertThat(repair.lines()).hasSize(6).contains("iptables -t raw -X PATCHBAY-DRAFT");
        iptables.run(repair);
        assertThat(ForeignRules.saved()).isEqualTo(saved);
    }

    private static void mutate(SpecSketch sketch, Random random) {
        List<NetworkSpec> networks = sketch.specs().networks();
        List<EndpointSpec> endpoints = sketch.specs().endpoints();
        List<PortSpec> ports = sketch.specs().ports();
        int number = random.nextInt(200);
        switch (random.nextInt(7)) {
            case 0 ->
                sketch.network(
                        "10.%d.0.0/16".formatted(number),
                        random.nextBoolean() ? "internal" : "",
                        random.nextBoolean() ? "noicc" : "",
                        random.nextBoolean() ? "nomasq" : "");
            case 1 -> {
                if (!networks.isEmpty()) {
                    NetworkSpec network = networks.get(random.nextInt(networks.size()));
                    sketch.sandboxOn(network, "10.200.0.%d/16".formatted(number + 2));
                }
            }
            case 2, 3 -> {
                if (!endpoints.isEmpty()) {
                    EndpointSpec endpoint = endpoints.get(random.nextInt(endpoints.size()));
                    String address = random.nextBoolean() ? "" : "127.0.0.1:";
                    // No two of one number: the host could not have both.
                    int free = 1
                            + ports.stream().mapToInt(PortSpec::hostPort).max().orElse(999);
                    sketch.port(endpoint, address + free + ":" + (80 + number % 3) + "/tcp");
                }
            }
            case 4 -> {
                if (!endpoints.isEmpty()) {
                    EndpointSpec endpoint = endpoints.get(random.nextInt(endpoints.size()));
                    SandboxSpec sandbox = sketch.specs().sandbox(endpoint.sandbox());
                    sketch.replace(sandbox, sandbox.running() ? sandbox.stopped() : sandbox.withNewRun());
                }
            }
            case 5 -> {
                if (!networks.isEmpty()) {
                    NetworkSpec network = networks.get(random.nextInt(networks.size()));
                    sketch.replace(network, SpecSketch.turned(network));
                }
            }
            default -> remove(sketch, random, networks, ports);
        }
    }

    private static void remove(SpecSketch sketch, Random random, List<NetworkSpec> networks, List<PortSpec> ports) {
        if (random.nextBoolean() && !ports.isEmpty()) {
            sketch.remove(ports.get(random.nextInt(ports.size())));
        } else if (!networks.isEmpty()) {
            NetworkSpec network = networks.get(random.nextInt(networks.size()));
            List<Spec> below = new ArrayList<>(sketch.specs().endpointsOn(network.id()));
            for (EndpointSpec endpoint : sketch.specs().endpointsOn(network.id())) {
                below.addAll(sketch.specs().portsOf(endpoint.sandbox()));
            }
            below.forEach(sketch::remove);
            sketch.remove(network);
        }
    }
}
