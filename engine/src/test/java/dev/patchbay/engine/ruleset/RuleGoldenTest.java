package dev.patchbay.engine.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.firewall.Iptables;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.firewall.TransactionCounter;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every combination of internal, icc, masquerade, host binding, family, protocol and range, one file for each kind
/// of network and family: first the rules of a host with such a network, then for each mapping the rules it adds.
/// Each of them is made in the kernel, is there as it stands in the file, and is taken back without a trace.
@ExtendWith(PrivateNamespace.class)
class RuleGoldenTest {
    private static final List<String> TABLES = List.of("raw", "filter", "nat");

    record Case(Family family, List<String> flags) {
        String file() {
            String kind = flags.isEmpty() ? "plain" : String.join("-", flags);
            return "network-" + kind + "." + family.iptablesCommand() + ".rules";
        }

        SpecSketch sketch(List<String> mappings) {
            SpecSketch sketch = new SpecSketch();
            List<String> words = new ArrayList<>(flags);
            words.add("2001:db8:1::/64");
            NetworkSpec network = sketch.network("172.18.0.0/16", words.toArray(String[]::new));
            EndpointSpec endpoint = sketch.sandboxOn(network, "172.18.0.2/16", "2001:db8:1::2/64");
            mappings.forEach(mapping -> sketch.port(endpoint, mapping));
            return sketch;
        }

        Ruleset rules(List<String> mappings) {
            return sketch(mappings).rules(family);
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Family.values())
                .flatMap(family -> Stream.of("", "internal")
                        .flatMap(internal -> Stream.of("", "noicc")
                                .flatMap(icc -> Stream.of("", "nomasq")
                                        .map(masquerade -> new Case(
                                                family,
                                                Stream.of(internal, icc, masquerade)
                                                        .filter(flag -> !flag.isEmpty())
                                                        .toList())))));
    }

    /// A mapping without a host address is the same one in both families. There is none on `::1`.
    static List<String> mappings(Family family) {
        List<String> hosts = switch (family) {
            case IPV4 -> List.of("", "127.0.0.1:", "198.51.100.2:");
            case IPV6 -> List.of("", "2001:db8::2:");
        };
        return hosts.stream()
                .flatMap(host -> Stream.of("tcp", "udp")
                        .flatMap(protocol -> Stream.of("8080:80", "8080:80-89", "8080:8080-8089")
                                .map(ports -> host + ports + "/" + protocol)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theRulesAreThoseOfTheFile(Case each) throws IOException {
        List<String> lines = new ArrayList<>(RuleText.lines(each.rules(List.of()), TABLES.toArray(String[]::new)));
        Set<Rule> base = new HashSet<>(each.rules(List.of()).rules());
        for (String mapping : mappings(each.family())) {
            lines.add("");
            lines.add("# " + mapping);
            for (Rule rule : each.rules(List.of(mapping)).rules()) {
                if (!base.contains(rule)) {
                    lines.add(rule.chain().table() + " " + RuleText.line(rule));
                }
            }
        }
        String rendered = String.join("\n", lines) + "\n";
        // Kept for whoever changes the layout on purpose: review these, then copy them over the resources.
        Files.writeString(Files.createDirectories(Path.of("target", "firewall")).resolve(each.file()), rendered);
        assertThat(rendered).isEqualTo(resource(each.file()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theKernelHasThemAsWrittenAndIsRidOfThemWithoutATrace(Case each) throws Exception {
        Iptables iptables = new Iptables(each.family(), new TransactionCounter());
        foreign(each.family(), "-A");
        String empty = saved(each.family());
        Ruleset network = each.rules(List.of());
        RuleScript create = RulesetScripts.plan(iptables, Ruleset.EMPTY, network);
        iptables.run(create);
        String alone = saved(each.family());
        for (String mapping : mappings(each.family())) {
            Ruleset published = each.rules(List.of(mapping));
            RuleScript publish = RulesetScripts.plan(iptables, network, published);
            iptables.run(publish);
            for (String table : TABLES) {
                assertThat(ours(each.family(), table))
                        .as(mapping + " in " + table)
                        .isEqualTo(RuleText.lines(published, table));
            }
            iptables.run(publish.inverse());
            assertThat(saved(each.family())).as(mapping).isEqualTo(alone);
        }
        iptables.run(create.inverse());
        assertThat(saved(each.family())).isEqualTo(empty);
        foreign(each.family(), "-D");
    }

    private static void foreign(Family family, String edit) throws Exception {
        Shell.run(family.iptablesCommand(), edit, "FORWARD", "-i", "foreign0", "-j", "DROP");
        Shell.run(family.iptablesCommand(), "-t", "raw", edit, "PREROUTING", "-i", "foreign0", "-j", "DROP");
        Shell.run(family.iptablesCommand(), "-t", "nat", edit, "POSTROUTING", "-o", "foreign0", "-j", "MASQUERADE");
    }

    /// All but what is the same for every reading: comments, and the counters of chains.
    private static String saved(Family family) throws Exception {
        return Shell.run(family.iptablesCommand() + "-save")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(" \\[\\d+:\\d+]$", ""))
                .collect(Collectors.joining("\n"));
    }

    /// Chains of ours by name, as the files have them; the order of new chains is the tool's own affair.
    private static List<String> ours(Family family, String table) throws Exception {
        List<String> builtIn = List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
        List<String> rules = Shell.run(family.iptablesCommand() + "-save", "-t", table)
                .lines()
                .filter(line -> line.startsWith("-A ") && !line.contains("foreign0"))
                .toList();
        return Stream.concat(
                        builtIn.stream(),
                        rules.stream()
                                .map(rule -> rule.split(" ")[1])
                                .filter(chain -> !builtIn.contains(chain))
                                .distinct()
                                .sorted())
                .flatMap(chain -> rules.stream().filter(rule -> rule.startsWith("-A " + chain + " ")))
                .toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RuleGoldenTest.class.getResourceAsStream("/firewall/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
