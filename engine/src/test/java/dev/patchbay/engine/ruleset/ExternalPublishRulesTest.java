package dev.patchbay.engine.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.firewall.ForeignRules;
import dev.patchbay.engine.firewall.Iptables;
import dev.patchbay.engine.firewall.TransactionCounter;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.testing.PrivateNamespace;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of ports of another engine's containers, in the kernel beside those of others.
@ExtendWith(PrivateNamespace.class)
class ExternalPublishRulesTest {
    private final Iptables iptables = new Iptables(Family.IPV4, new TransactionCounter());
    private final ForeignRules kernel = new ForeignRules(iptables);
    private final SpecSketch sketch = new SpecSketch();

    @BeforeEach
    void addForeignRules() throws Exception {
        kernel.addForeign();
    }

    @AfterEach
    void flush() throws Exception {
        kernel.flush();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anySequenceOfChangesGivesTheRulesOfTheSpecsAndEndsWithoutATrace(long seed) throws Exception {
        Random random = new Random(seed);
        String empty = ForeignRules.saved();
        List<String> foreign = kernel.foreign();
        Specs before = Specs.EMPTY;
        for (int round = 0; round < 40; round++) {
            SpecChange change = change(before, random);
            Specs after = before.after(change);
            iptables.run(RuleScriptPlanner.planChange(iptables, Family.IPV4, RuleChange.of(before, change, after)));
            Ruleset wanted = Ruleset.of(Family.IPV4, after);
            assertThat(kernel.ours(wanted)).as("seed %d, round %d", seed, round).isEqualTo(wanted.byChain());
            assertThat(kernel.foreign()).isEqualTo(foreign);
            before = after;
        }
        SpecChange all =
                new SpecChange(List.of(), before.all().stream().map(Spec::id).toList());
        iptables.run(RuleScriptPlanner.planChange(iptables, Family.IPV4, RuleChange.of(before, all, Specs.EMPTY)));
        assertThat(ForeignRules.saved()).isEqualTo(empty);
    }

    private SpecChange change(Specs specs, Random random) {
        List<ExternalPublishSpec> forwards = specs.externalPublishes();
        int number = random.nextInt(200);
        ExternalPublishSpec.Target target = random.nextInt(4) == 0 ? null : target(random.nextInt(3), number % 5);
        if (forwards.isEmpty() || random.nextInt(3) == 0) {
            String host = random.nextBoolean() ? "" : "127.0.0.1:";
            return put(sketch.forward(target, host + (1000 + number) + ":" + (80 + number % 3) + "/tcp"));
        }
        ExternalPublishSpec some = forwards.get(random.nextInt(forwards.size()));
        return random.nextBoolean() ? put(some.withTarget(target)) : new SpecChange(List.of(), List.of(some.id()));
    }

    private static SpecChange put(ExternalPublishSpec forward) {
        return new SpecChange(List.of(forward), List.<Id>of());
    }

    private static ExternalPublishSpec.Target target(int bridge, int number) {
        return new ExternalPublishSpec.Target(
                "br-" + bridge, List.of(Cidr.of("10.24%d.0.%d/16".formatted(bridge, number + 2))), false);
    }

    @Test
    void whenDockerPutsItsRulesToTheTopOursGoBackBelowThePersons() throws Exception {
        sketch.forward(target(0, 0), "8080:80/tcp");
        Ruleset rules = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        ForeignRules.table("filter", "-N", "DOCKER-ISOLATION-STAGE-1");
        ForeignRules.table("filter", "-I", "FORWARD", "-j", "DOCKER-ISOLATION-STAGE-1");
        ForeignRules.table("filter", "-D", "FORWARD", "-j", "DOCKER-USER");
        ForeignRules.table("filter", "-I", "FORWARD", "-j", "DOCKER-USER");
        iptables.run(RuleScriptPlanner.planRepair(iptables.read(), rules, rules));
        assertThat(ForeignRules.saved().lines())
                .containsSubsequence(
                        "-A FORWARD -j DOCKER-USER",
                        "-A FORWARD -j PATCHBAY-FORWARDS",
                        "-A FORWARD -j DOCKER-ISOLATION-STAGE-1");
        assertThat(RuleScriptPlanner.planRepair(iptables.read(), rules, rules).isEmpty())
                .isTrue();
    }
}
