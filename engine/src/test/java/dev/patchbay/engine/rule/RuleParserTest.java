package dev.patchbay.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.net.Family;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {
    /// Every line of the files that show the layout.
    @Test
    void aRuleOfOursIsReadAsItPrintsItself() throws IOException, URISyntaxException {
        Path files = Path.of(Objects.requireNonNull(RuleParserTest.class.getResource("/firewall"))
                .toURI());
        int read = 0;
        try (Stream<Path> rules = Files.list(files)) {
            for (Path file : rules.filter(Files::isRegularFile).toList()) {
                String table = "";
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("*")) {
                        table = line.substring(1);
                    }
                    int append = line.indexOf("-A ");
                    if (append < 0 || line.startsWith("#")) {
                        continue;
                    }
                    String[] words = line.substring(append).split(" ", 3);
                    Chain chain = new Chain(Family.IPV4, append == 0 ? table : line.substring(0, append - 1), words[1]);
                    RuleSpec rule = RuleParser.parse(chain, words[2]);
                    assertThat(rule).as(line).isNotNull();
                    assertThat(Objects.requireNonNull(rule).text()).isEqualTo(words[2]);
                    read++;
                }
            }
        }
        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-j DOCKER",
                "-o docker0 -j PATCHBAY-RETURNS",
                "-m comment --comment \"a\nCOMMIT\" -j RETURN",
                "-m conntrack --ctstate NEW -j ACCEPT",
                "-p icmp -j ACCEPT",
                "-i pb-000000000001 -p tcp -j ACCEPT -c 1 2",
                "-p tcp --dport 80 -j ACCEPT",
                "-j ACCEPT -i eth0",
                "-s 10.0.0.1 -j ACCEPT",
                "-m tcp --dport 80 -j ACCEPT",
                "-j DNAT"
            })
    void anyOtherStaysText(String specification) {
        assertThat(RuleParser.parse(Chain.builtIn(Family.IPV4, Table.FILTER, "FORWARD"), specification))
                .isNull();
    }

    @Test
    void aJumpLeadsToTheChainOfItsTable() {
        List<OwnChain> chains = Stream.of(Table.FILTER, Table.NAT)
                .map(table -> RuleParser.parse(Chain.builtIn(Family.IPV4, table, "OUTPUT"), "-j PATCHBAY"))
                .map(rule -> ((Target.Jump) Objects.requireNonNull(rule).target()).chain())
                .toList();
        assertThat(chains).containsExactly(OwnChain.PUBLISHED, OwnChain.DNAT);
    }
}
