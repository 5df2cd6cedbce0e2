package dev.patchbay.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The judge of [DifferentialTest] is given what it has to refuse.
class IntendedDifferenceTest {
    private static final String ONE_PORT =
            "-A PATCHBAY -p tcp -m tcp --dport 9001 -j DNAT --to-destination 10.61.0.2:9001";
    private static final String RANGE =
            "-A PATCHBAY -p tcp -m tcp --dport 9000:9002 -j DNAT --to-destination 10.61.0.2";
    private static final String ACCEPT =
            "-A PATCHBAY -d 10.61.0.2/32 ! -i bridge-of-shop -o bridge-of-shop -p tcp -m tcp --dport 80 -j ACCEPT";
    private static final String DROP = "-A PATCHBAY -d 10.61.0.2/32 ! -i bridge-of-shop -o bridge-of-shop -p tcp -m tcp"
            + " --dport 80 -m conntrack ! --ctstate DNAT -j DROP";

    private static List<IntendedDifference> intended;

    @BeforeAll
    static void read() throws Exception {
        intended = IntendedDifference.parse(DifferentialTestCase.resource("intended-differences.txt"));
    }

    private static boolean isMeant(EngineDifference difference) {
        return intended.stream().anyMatch(candidate -> candidate.covers(difference));
    }

    /// What the judge says of a line of which each engine printed this.
    private static List<EngineDifference> refused(Scenario.Line line, CommandResult docker, CommandResult patchbay) {
        return LineComparison.of(line, docker, patchbay).stream()
                .filter(difference -> !isMeant(difference))
                .toList();
    }

    private static CommandResult out(String... lines) {
        return new CommandResult(0, String.join("\n", lines), "");
    }

    private static Scenario.Line rules(String table) {
        return new Scenario.Line("rules", table);
    }

    @Test
    void aRangeIsMeantAndAMissingOrWiderRuleIsNot() {
        assertThat(refused(rules("nat"), out(ONE_PORT), out(RANGE))).isEmpty();
        String published = "-A PATCHBAY -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.61.0.2:80";
        assertThat(refused(rules("nat"), out(published, ONE_PORT), out(RANGE))).hasSize(1);
        assertThat(refused(
                        rules("nat"),
                        out(),
                        out("-A PATCHBAY -p tcp -m tcp --dport 1:65535 -j DNAT --to-destination 10.61.0.2")))
                .hasSize(1);
        assertThat(refused(rules("nat"), out(ONE_PORT), out(RANGE.replace("10.61.0.2", "10.61.0.9"))))
                .hasSize(1);
    }

    @Test
    void rulesOfAChainStandWhereTheJumpToItIs() {
        List<String> own = List.of("-A PATCHBAY-FORWARD -o a -j ACCEPT", "-A PATCHBAY-FORWARD -i a -j DROP");
        List<String> saved = new ArrayList<>(List.of("-A FORWARD -j PATCHBAY-FORWARD", "-A FORWARD -j LOG"));
        saved.addAll(own);
        assertThat(Scenario.Line.inlined(saved))
                .containsExactly("-A FORWARD -o a -j ACCEPT", "-A FORWARD -i a -j DROP", "-A FORWARD -j LOG");
        saved.set(0, "-A FORWARD -i b -j PATCHBAY-FORWARD");
        assertThat(Scenario.Line.inlined(saved)).isEqualTo(saved);
        assertThat(refused(rules("filter"), out("-A FORWARD -o a -j ACCEPT"), out(own.getFirst())))
                .isNotEmpty();
    }

    @Test
    void rulesOfDocker28StandAsThoseOf20() {
        CommandResult older = out(
                ":FORWARD DROP",
                ":PATCHBAY -",
                "-A FORWARD -o a -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
                "-A FORWARD -o a -j PATCHBAY",
                "-A FORWARD -i a ! -o a -j ACCEPT",
                "-A FORWARD -i a -o a -j ACCEPT",
                "-A FORWARD -i b -o b -j DROP");
        List<String> newer = new ArrayList<>(List.of(
                ":FORWARD DROP",
                ":DOCKER -",
                ":DOCKER-CT -",
                "-A FORWARD -j DOCKER-FORWARD",
                "-A DOCKER-FORWARD -j DOCKER-CT",
                "-A DOCKER-FORWARD -j DOCKER-BRIDGE",
                "-A DOCKER-FORWARD -i b -o b -j DROP",
                "-A DOCKER-FORWARD -i a -j ACCEPT",
                "-A DOCKER-BRIDGE -o a -j DOCKER",
                "-A DOCKER-CT -o a -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"));
        assertThat(RulesForm.normal(out(newer.toArray(String[]::new)))).isEqualTo(RulesForm.normal(older));
        newer.remove("-A DOCKER-FORWARD -i b -o b -j DROP");
        newer.add("-A DOCKER-FORWARD -i b -o b -j ACCEPT");
        assertThat(refused(
                        rules("filter"), RulesForm.normal(out(newer.toArray(String[]::new))), RulesForm.normal(older)))
                .hasSize(2);
    }

    @Test
    void anAcceptMayNotBecomeADrop() {
        assertThat(refused(rules("filter"), out(ACCEPT), out(DROP))).hasSize(2);
        String drop = DROP.replace("--dport 80", "--dport 81");
        assertThat(refused(rules("filter"), out(ACCEPT), out(ACCEPT, drop)))
                .as("of a port on a loopback address")
                .isEmpty();
        assertThat(refused(rules("filter"), out(ACCEPT), out(drop))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Exception in thread "main" java.lang.StackOverflowError
        at dev.patchbay.app.Launcher.main(Launcher.java:36)
        note: something
        Remove made last.
        10.158.0.5 is the address of container two.
        """)
    void noLineIsAdviceButTheKnownOnes(String line) {
        Scenario.Line typed = new Scenario.Line("", "network rm base");
        assertThat(refused(typed, new CommandResult(1, "", ""), new CommandResult(1, "", line)))
                .hasSize(1);
        assertThat(refused(typed, new CommandResult(1, "", ""), new CommandResult(1, "", "Remove made first.")))
                .isEmpty();
    }

    @Test
    void anEventThatIsMissingIsNotMeant() {
        String format = "events --since 5m --until 0s --filter network=%s --format '{{json .}}'";
        String event = "{\"Type\":\"network\",\"Action\":\"disconnect\",\"Actor\":{\"ID\":\"" + "a".repeat(64)
                + "\",\"Attributes\":{\"container\":\"" + "b".repeat(64)
                + "\",\"name\":\"%s\",\"type\":\"bridge\"}},\"scope\":\"local\",\"time\":1,\"timeNano\":1}";
        CommandResult other = out("{}", event.formatted("ev2"));
        assertThat(refused(new Scenario.Line("", format.formatted("ev2")), other, out("{}")))
                .hasSize(1);

        Scenario.Line line = new Scenario.Line("", format.formatted("ev1"));
        String told = event.formatted("ev1");
        List<EngineDifference> twice = LineComparison.of(line, out("{}", told, told), out("{}", told));
        assertThat(twice).hasSize(1).allMatch(IntendedDifferenceTest::isMeant);
        assertThat(IntendedDifference.excess(intended, twice)).isEmpty();
        List<EngineDifference> never = LineComparison.of(line, out("{}", told, told), out("{}"));
        assertThat(never).hasSize(2).allMatch(IntendedDifferenceTest::isMeant);
        assertThat(IntendedDifference.excess(intended, never))
                .singleElement()
                .asString()
                .startsWith("2 times: ");
    }

    @Test
    void whatIsMeantOnceIsRefusedTheSecondTime() {
        EngineDifference range =
                new EngineDifference(rules("raw"), "stdout", "", "-A PREROUTING -d 127.0.0.0/8 -i bridge0 -j DROP");
        assertThat(isMeant(range)).isTrue();
        assertThat(IntendedDifference.excess(intended, List.of(range))).isEmpty();
        assertThat(IntendedDifference.excess(intended, Collections.nCopies(2, range)))
                .hasSize(1);
        List<EngineDifference> exits = new ArrayList<>(
                Collections.nCopies(79, new EngineDifference(new Scenario.Line("", "rm"), "exit", "125", "2")));
        assertThat(IntendedDifference.excess(intended, exits)).isEmpty();
        exits.add(exits.getFirst());
        assertThat(IntendedDifference.excess(intended, exits)).hasSize(1);
    }
}
