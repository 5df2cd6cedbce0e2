package dev.patchbay.engine.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.RuleCache;
import dev.patchbay.engine.firewall.SavedRules;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.Chain;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which rules of Docker are remembered, and where they go back. The texts are those of Docker 20.10.
class EngineRuleMemoryTest {
    private static final String SOUND = """
        *filter
        :FORWARD DROP [0:0]
        :DOCKER - [0:0]
        :DOCKER-USER - [0:0]
        [0:0] -A FORWARD -j DOCKER-USER
        [0:0] -A FORWARD -s 203.0.113.1/32 -j DROP
        [0:0] -A FORWARD -o docker0 -j DOCKER
        [0:0] -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        [0:0] -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
        [0:0] -A DOCKER -d 172.17.0.3/32 -m comment --comment mine -j ACCEPT
        [0:0] -A DOCKER-USER -s 203.0.113.2/32 -j DROP
        COMMIT
        """;

    private final EngineRuleMemory memory = new EngineRuleMemory();
    private Set<String> run = Set.of("1.sock");

    private static Link bridge(int index) {
        return new Link(index, "docker0", "bridge", 0, true, 1500, null, "", 0, List.of());
    }

    private RuleCache observe(String saved, Link... links) throws EngineException {
        RuleCache rules = RuleCache.of(SavedRules.parse(Family.IPV4, saved), 0);
        memory.observe(Family.IPV4, rules, run, () -> List.of(links));
        return rules;
    }

    private Set<Long> gone() {
        return memory.gone().stream().map(GoneRule::number).collect(Collectors.toSet());
    }

    @Test
    void aGoneRuleComesBackWhereItWas() throws EngineException {
        observe(SOUND, bridge(3));
        assertThat(memory.gone()).isEmpty();
        // A person's rules are gone as well, in a chain of Docker's too.
        RuleCache now = observe("""
            *filter
            :FORWARD DROP [0:0]
            :DOCKER-USER - [0:0]
            [0:0] -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
            [0:0] -A FORWARD -s 203.0.113.9/32 -j DROP
            COMMIT
            """, bridge(3));
        assertThat(memory.script(Family.IPV4, gone(), now).lines())
                .containsExactlyInAnyOrder(
                        "iptables -N DOCKER",
                        "iptables -I FORWARD 1 -j DOCKER-USER",
                        "iptables -I FORWARD 2 -o docker0 -j DOCKER",
                        "iptables -I DOCKER 1 -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80"
                                + " -j ACCEPT");
        assertThat(memory.knows(gone())).isTrue();
        assertThat(memory.knows(Set.of(-1L))).isFalse();
        observe(SOUND, bridge(3));
        assertThat(memory.gone()).isEmpty();
    }

    @Test
    void aRuleIsForgottenWithItsBridge() throws EngineException {
        observe(SOUND, bridge(3));
        String without = SOUND.replaceFirst("(?m)^.*-A DOCKER -d 172.17.0.2.*\n", "");
        observe(without, bridge(3));
        Set<Long> numbers = gone();
        assertThat(numbers).hasSize(1);
        // Another bridge of the same name.
        RuleCache now = observe(without, bridge(4));
        assertThat(memory.gone()).isEmpty();
        assertThat(memory.knows(numbers)).isFalse();
        assertThat(memory.script(Family.IPV4, numbers, now).isEmpty()).isTrue();
    }

    /// Its rules are no Docker's, and a jump into nothing would be refused whole.
    @Test
    void theChainOfThePersonIsNotMadeAgain() throws EngineException {
        observe(SOUND, bridge(3));
        RuleCache now = observe("*filter\n:FORWARD DROP [0:0]\nCOMMIT\n", bridge(3));
        assertThat(memory.script(Family.IPV4, gone(), now).lines())
                .hasSize(4)
                .noneMatch(line -> line.contains("DOCKER-USER"));
        assertThat(RuleOwnership.isOfEngine(
                        new Chain(Family.IPV4, "filter", "DOCKER-USER"), "-i docker0 ! -o docker0 -j ACCEPT"))
                .isFalse();
    }

    /// It wrote all its rules when it started, in a form of its release and settings.
    @Test
    void goneRulesAreForgottenWhenDockerIsStartedAgain() throws EngineException {
        observe(SOUND, bridge(3));
        String without = SOUND.replaceFirst("(?m)^.*-A DOCKER -d 172.17.0.2.*\n", "");
        observe(without, bridge(3));
        Set<Long> numbers = gone();
        assertThat(numbers).hasSize(1);
        run = Set.of("2.sock");
        observe(without, bridge(3));
        assertThat(memory.gone()).isEmpty();
        assertThat(memory.knows(numbers)).isFalse();
        // Those in force stay known.
        observe("*filter\n:FORWARD DROP [0:0]\n:DOCKER-USER - [0:0]\nCOMMIT\n", bridge(3));
        assertThat(memory.gone()).hasSize(3);
    }

    @Test
    void theRulesThatAreGoneForTheLongestTimeAreForgotten() throws EngineException {
        String line = "[0:0] -A DOCKER ! -i docker0 -p tcp -m tcp --dport %d -j DNAT --to-destination 172.17.0.2:%d\n";
        String table = "*nat\n:DOCKER - [0:0]\n%sCOMMIT\n";
        for (int port = 1; port <= EngineRuleMemory.MAX_GONE + 10; port++) {
            observe(table.formatted(line.formatted(port, port)), bridge(3));
        }
        RuleCache now = observe(table.formatted(""), bridge(3));
        assertThat(memory.gone()).hasSize(EngineRuleMemory.MAX_GONE);
        assertThat(memory.script(Family.IPV4, gone(), now).lines())
                .hasSize(EngineRuleMemory.MAX_GONE)
                .noneMatch(edit -> edit.endsWith("--dport 10 -j DNAT --to-destination 172.17.0.2:10"))
                .anyMatch(edit -> edit.endsWith("--dport 11 -j DNAT --to-destination 172.17.0.2:11"));
    }

    /// Else each name that somebody gives a chain would be remembered.
    @Test
    void aChainWithoutRulesIsForgotten() throws EngineException {
        observe("*filter\n:DOCKER-1 - [0:0]\nCOMMIT\n");
        observe("*filter\n:DOCKER-2 - [0:0]\nCOMMIT\n");
        assertThat(memory.chainCount()).isEqualTo(1);
        observe(SOUND, bridge(3));
        observe("*filter\n:FORWARD DROP [0:0]\nCOMMIT\n", bridge(3));
        // The jumps to DOCKER and DOCKER-USER are remembered, and what is in them.
        assertThat(memory.chainCount()).isEqualTo(3);
    }
}
