package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RandomRules;
import dev.patchbay.core.testing.RandomRulesComparison;
import dev.patchbay.core.testing.RandomRulesComparison.ProbedPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rules by chance on the host of a real engine, beside the engine's own.
final class EngineRandomRules implements RandomRulesComparison.Host {
    private static final List<ProbedPath> PATHS = List.of(
            new ProbedPath("outside", "web:80"),
            new ProbedPath("outside", "host:9999"),
            new ProbedPath("near", "web:80"),
            new ProbedPath("far", "web:80"),
            new ProbedPath("host", "web:80"),
            new ProbedPath("host", "web"),
            new ProbedPath("web", "host:9999"),
            new ProbedPath("web", "outside"),
            new ProbedPath("host", "outside"));
    private static final List<ProbedPath> PATHS6 = List.of(
            new ProbedPath("host", "six1:80"),
            new ProbedPath("six2", "six1:80"),
            new ProbedPath("six1", "host:9999"),
            new ProbedPath("six2", "host"),
            new ProbedPath("host", "six2"),
            new ProbedPath("six1", "outside"),
            new ProbedPath("outside", "six1:80"),
            new ProbedPath("outside", "host:9999"));

    private final RealEngine engine;
    private final EngineHost seeing;
    private final Map<String, String> processes = new HashMap<>();

    EngineRandomRules(RealEngine engine, EngineHost seeing) {
        this.engine = engine;
        this.seeing = seeing;
        engine.onHost("busybox httpd -p 9999 -h /run/image/www");
        engine.docker("network", "create", "one");
        engine.docker("network", "create", "two");
        engine.docker(
                "network", "create", "--ipv6", "--subnet", "10.99.0.0/24", "--subnet", RandomRules.SUBNET6, "six");
        run("web", "one", "-p", "8090:80");
        run("near", "one");
        run("far", "two");
        run("six1", "six", "-p", "8091:80");
        run("six2", "six");
        awaitReachable("web:80", false);
        awaitReachable("six1:80", true);
        awaitReachable("six2:80", true);
    }

    private void run(String name, String network, String... options) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name, "--network", network));
        words.addAll(List.of(options));
        words.add(RealEngineTest.IMAGE);
        engine.docker(words.toArray(String[]::new));
        processes.put(name, engine.docker("inspect", "-f", "{{.State.Pid}}", name));
    }

    private void awaitReachable(String to, boolean ipv6) {
        await().untilAsserted(() -> assertThat(seeing.explain(new ReachabilityRequest("host", to, ipv6, true))
                        .verdict())
                .isEqualTo(Verdict.REACHABLE));
    }

    /// @param userChain of iptables, in which the engine leaves room for rules
    void compare(String name, String userChain) throws Exception {
        String subnet = engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "one");
        new RandomRulesComparison(this, PATHS, PATHS6, subnet, userChain)
                .compare(name, RandomRulesComparison.LONG ? 20 : 10, RandomRulesComparison.LONG ? 5 : 3);
    }

    @Override
    public String onHost(String script) {
        return engine.onHost(script);
    }

    @Override
    public TracedPath explain(ReachabilityRequest request) throws Exception {
        return seeing.explain(request);
    }

    @Override
    public String inside(String place) {
        return switch (place) {
            case "host" -> "";
            case "outside" -> "ip netns exec outside ";
            default -> "nsenter -t " + processes.get(place) + " -n ";
        };
    }
}
