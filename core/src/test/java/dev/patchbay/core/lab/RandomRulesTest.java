package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.testing.RandomRules;
import dev.patchbay.core.testing.RandomRulesComparison;
import dev.patchbay.core.testing.RandomRulesComparison.ProbedPath;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.net.Addresses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rules by chance, beside those of the Lab: what is derived for them, and whether a real connection is made.
class RandomRulesTest extends ReachabilityLab implements RandomRulesComparison.Host {
    private static final List<ProbedPath> PATHS = List.of(
            new ProbedPath("outside", "web01:80"),
            new ProbedPath("web01", "outside:9090"),
            new ProbedPath("outside", "host:9999"),
            new ProbedPath("web01", "web02:80"),
            new ProbedPath("web01", "host:9999"),
            new ProbedPath("host", "web01:80"),
            new ProbedPath("web01", "outside"),
            new ProbedPath("host", "udp1:5353/udp"),
            new ProbedPath("web01", "web02"),
            new ProbedPath("host", "host:9999"));
    private static final List<ProbedPath> PATHS6 = List.of(
            new ProbedPath("host", "six1:80"),
            new ProbedPath("six1", "six2:80"),
            new ProbedPath("six1", "host:9999"),
            new ProbedPath("six2", "host"),
            new ProbedPath("host", "six2"));

    private final Map<String, String> namespaces = new HashMap<>();

    @AfterEach
    void restore() throws Exception {
        lab.onHost(RandomRules.RESTORE);
        assertThat(lab.onHost("ip rule; ip -6 rule").lines()).hasSize(5);
    }

    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        TracedPath path = explain("host", "web01:80", false, false);
        String address =
                Addresses.format(Objects.requireNonNull(path.destination()).address());
        String subnet = lab.onHost("ip -4 route show table main match " + address + " | grep -v default")
                .split(" ")[0];
        new RandomRulesComparison(this, PATHS, PATHS6, subnet, "PATCHBAY-USER")
                .compare("the Lab", RandomRulesComparison.LONG ? 40 : 12, 5);
    }

    @Override
    public String onHost(String script) throws EngineException {
        return lab.onHost(script);
    }

    @Override
    public TracedPath explain(ReachabilityRequest request) throws Exception {
        return lab.controller().explain(request);
    }

    @Override
    public String inside(String place) throws EngineException {
        if (!namespaces.containsKey(place)) {
            namespaces.put(
                    place,
                    switch (place) {
                        case "host" -> "";
                        case "outside" -> "ip netns exec " + NetnsName.OUTSIDE + " ";
                        default -> "ip netns exec " + namespace(place) + " ";
                    });
        }
        return namespaces.get(place);
    }
}
