package dev.patchbay.engine.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of some whole hosts are files that a reviewer reads, in the spelling of `iptables-save`.
class RuleLayoutTest {
    private static final Map<String, Consumer<SpecSketch>> SCENARIOS = scenarios();

    @Test
    void everyScenarioHasTheRulesOfItsFile() throws IOException {
        // Kept for whoever changes the layout on purpose: review these, then copy them over the resources.
        Path written = Files.createDirectories(Path.of("target", "firewall"));
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> rendered = new TreeMap<>();
        for (Map.Entry<String, Consumer<SpecSketch>> scenario : SCENARIOS.entrySet()) {
            String file = scenario.getKey() + ".rules";
            SpecSketch sketch = new SpecSketch();
            scenario.getValue().accept(sketch);
            String rules = String.join("\n", RuleText.lines(sketch.rules(), "raw", "filter", "nat")) + "\n";
            Files.writeString(written.resolve(file), rules);
            rendered.put(file, rules);
        }
        for (String file : rendered.keySet()) {
            expected.put(file, resource(file));
        }
        assertThat(rendered).isEqualTo(expected);
    }

    /// The lines a real 20.10.24 daemon made for the same networks and ports, its names replaced by ours, below the
    /// one rule of our own that such a daemon lacks.
    @ParameterizedTest
    @ValueSource(strings = {"no-proxy", "internal-filter", "no-icc-filter"})
    void layoutIsThatOfDockerWithoutItsProxy(String scenario) throws IOException {
        String[] tables = scenario.endsWith("-filter") ? new String[] {"filter"} : new String[] {"filter", "nat"};
        SpecSketch sketch = new SpecSketch();
        NetworkSpec bridge = sketch.defaultNetwork("172.17.0.0/16");
        if (scenario.equals("internal-filter")) {
            NetworkSpec icc = sketch.network("192.0.2.0/24", "internal");
            NetworkSpec noIcc = sketch.network("198.51.100.0/24", "internal", "noicc");
            assertThat(docker(sketch.rules(), tables)).containsExactlyElementsOf(docker(scenario, bridge, icc, noIcc));
        } else {
            NetworkSpec network = scenario.equals("no-proxy")
                    ? sketch.network("192.0.2.0/24")
                    : sketch.network("192.0.2.0/24", "noicc");
            sketch.port(sketch.sandboxOn(network, "192.0.2.2/24"), "8080:80/tcp");
            assertThat(docker(sketch.rules(), tables)).containsExactlyElementsOf(docker(scenario, bridge, network));
        }
    }

    @Test
    void onlyWhatIsInForceHasRules() {
        SpecSketch sketch = new SpecSketch();
        NetworkSpec network = sketch.network("10.1.0.0/16");
        EndpointSpec endpoint = sketch.sandboxOn(network, "10.1.0.2/16");
        Ruleset without = sketch.rules();
        sketch.port(endpoint, "::1:8080:80/tcp");
        PortSpec unplugged = sketch.port(endpoint, "8082:80/tcp");
        sketch.replace(unplugged, unplugged.withEndpoint(null));
        assertThat(sketch.rules()).isEqualTo(without);

        sketch.port(endpoint, "8083:80/tcp");
        assertThat(sketch.rules()).isNotEqualTo(without);
        sketch.replace(
                sketch.specs().sandbox(endpoint.sandbox()),
                sketch.specs().sandbox(endpoint.sandbox()).stopped());
        assertThat(sketch.rules()).isEqualTo(without);
    }

    @Test
    void subnetsGivenWithHostBitsAreMasked() {
        SpecSketch sketch = new SpecSketch();
        sketch.network("10.1.2.3/24");
        assertThat(RuleText.lines(sketch.rules(), "nat"))
                .contains("-A PATCHBAY-POSTROUTING -s 10.1.2.0/24 ! -o pb-000000000001 -j MASQUERADE");
    }

    private static Map<String, Consumer<SpecSketch>> scenarios() {
        Map<String, Consumer<SpecSketch>> scenarios = new TreeMap<>();
        scenarios.put("none", sketch -> {});
        scenarios.put("several-networks-and-ports", sketch -> {
            NetworkSpec first = sketch.defaultNetwork("172.17.0.0/16");
            NetworkSpec second = sketch.network("172.18.0.0/16");
            NetworkSpec third = sketch.network("172.19.0.0/16", "internal");
            EndpointSpec one = sketch.sandboxOn(first, "172.17.0.2/16");
            EndpointSpec two = sketch.sandboxOn(second, "172.18.0.2/16");
            sketch.sandboxOn(third, "172.19.0.2/16");
            sketch.port(two, "8080:80/tcp");
            sketch.port(one, "8081:80/tcp");
            sketch.port(two, "127.0.0.1:53:53/udp");
        });
        scenarios.put("ports-of-another-engine", sketch -> {
            ExternalPublishSpec.Target first = target("br-1", "172.20.0.2/16");
            sketch.forward(first, "8080:80/tcp");
            sketch.forward(first, "8081:80/tcp");
            sketch.forward(target("br-2", "172.21.0.2/16"), "127.0.0.1:53:53/udp");
            sketch.forward(target("br-2", "172.21.0.3/16"), "9000:9000-9009/tcp", "192.0.2.0/24");
            sketch.forward(null, "9100:80/tcp");
        });
        return scenarios;
    }

    private static ExternalPublishSpec.Target target(String bridge, String address) {
        return new ExternalPublishSpec.Target(bridge, List.of(Cidr.of(address)), false);
    }

    private static List<String> docker(Ruleset rules, String... tables) {
        List<String> lines = inlined(RuleText.lines(rules, tables));
        String own = "-A " + OwnChain.ISOLATION_2 + " " + RuleLayout.RETURN_PUBLISHED.text();
        assertThat(lines.remove(own)).as(own).isTrue();
        return lines;
    }

    /// The rules of chains that Docker 20.10 does not have, where the kernel comes by them: at the jump to their
    /// chain.
    private static List<String> inlined(List<String> lines) {
        Map<String, String> chains = Map.of(
                "PATCHBAY-FORWARD", "FORWARD",
                "PATCHBAY-POSTROUTING", "POSTROUTING",
                "PATCHBAY-ISOLATION-STAGE-3", "PATCHBAY-ISOLATION-STAGE-2");
        return lines.stream()
                .filter(line -> !chains.containsKey(line.split(" ")[1]))
                .flatMap(line -> {
                    String target = line.substring(line.lastIndexOf(' ') + 1);
                    String from = chains.get(target);
                    return from == null || !line.equals("-A " + from + " -j " + target)
                            ? Stream.of(line)
                            : lines.stream()
                                    .filter(other -> other.startsWith("-A " + target + " "))
                                    .map(other -> other.replace("-A " + target + " ", "-A " + from + " "));
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> docker(String scenario, NetworkSpec bridge, NetworkSpec... networks)
            throws IOException {
        String text = resource("docker-20.10/" + scenario + ".rules").replace("docker0", bridge.bridge());
        for (int i = 0; i < networks.length; i++) {
            text = text.replace("bridge" + (i + 1), networks[i].bridge());
        }
        return text.replace("DOCKER", "PATCHBAY").lines().toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RuleLayoutTest.class.getResourceAsStream("/firewall/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
