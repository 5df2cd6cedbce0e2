package dev.patchbay.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A helper in a Lab of its own, asked over its socket, the kernel read back with `ip`, `iptables-save` and
/// `curl`.
class HelperTest {
    static final NetworkSpec NETWORK = network();
    static final SandboxSpec SANDBOX = new SandboxSpec(
            Id.random(),
            "web01",
            Instant.EPOCH,
            "httpd:2.4",
            new Workload.Web(),
            List.of("httpd-foreground"),
            "web01",
            "",
            List.of(),
            List.of(new ExposedPort(80, Protocol.TCP)),
            Map.of(),
            false,
            false,
            "shop",
            HostSettings.DEFAULT,
            Id.random(),
            Id.random(),
            true,
            false);
    static final EndpointSpec ENDPOINT = new EndpointSpec(
            Id.random(),
            NETWORK.id(),
            SANDBOX.id(),
            "eth0",
            List.of(Cidr.of("172.18.0.2/16")),
            new MacAddress("02:42:ac:12:00:02"),
            List.of(),
            true,
            0,
            false,
            false,
            false);
    static final PortSpec PORT =
            PortSpec.published(Id.random(), ENDPOINT, Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 8080, 80);

    @TempDir
    private Path home;

    private Lab lab;
    private HelperClient client;

    private static NetworkSpec network() {
        Id id = Id.random();
        Pool pool =
                new Pool(Cidr.of("172.18.0.0/16"), InetAddress.ofLiteral("172.18.0.1"), null, Map.of(), false, false);
        return new NetworkSpec(
                id,
                "shop",
                Instant.EPOCH,
                Driver.BRIDGE,
                Ownership.bridgeName(id),
                List.of(pool),
                false,
                false,
                false,
                DriverSettings.DEFAULT,
                false,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                false);
    }

    @BeforeEach
    void start() throws Exception {
        lab = new Lab(new StateDirectory(home), HelperCommand.ofThisProgram());
        client = HelperClient.connect(((HelperStart.Ready) lab.up()).socket());
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        lab.down();
    }

    @Test
    void makesNetworkSandboxEndpointAndPortAndTakesThemAway() throws Exception {
        // The kernel makes a table when it is first used, and keeps it.
        apply(new SpecChange(List.of(NETWORK), List.of()), 0);
        apply(new SpecChange(List.of(), List.of(NETWORK.id())), 1);
        String rules = rules();
        String links = links();

        apply(new SpecChange(List.of(NETWORK, SANDBOX, ENDPOINT, PORT), List.of()), 2);

        awaitServer();
        assertThat(exec("curl", "-s", "--max-time", "20", "http://127.0.0.1:8080/"))
                .contains("It works!");
        assertThat(exec("curl", "-s", "--max-time", "20", "http://198.51.100.2:8080/"))
                .contains("It works!");
        assertThat(outside("curl", "-s", "--max-time", "20", "http://198.51.100.2:8080/"))
                .contains("It works!");
        assertThat(exec("ip", "netns")).contains(SANDBOX.netnsName());
        assertThat(exec("ip", "-n", SANDBOX.netnsName(), "address", "show", "lo"))
                .contains("127.0.0.1/8");
        assertThat(exec("ip", "-d", "link", "show", ENDPOINT.hostInterface()))
                .contains("master " + NETWORK.bridge(), "alias patchbay:" + ENDPOINT.id(), "hairpin on");
        assertThat(exec("ip", "-6", "route", "show", "table", "all", "dev", ENDPOINT.hostInterface()))
                .isEmpty();
        assertThat(exec("ip", "-6", "address", "show", ENDPOINT.hostInterface()))
                .isEmpty();
        assertThat(exec("ip", "-n", SANDBOX.netnsName(), "route"))
                .contains("default via 172.18.0.1 dev eth0", "172.18.0.0/16 dev eth0");

        apply(new SpecChange(List.of(), List.of(PORT.id(), ENDPOINT.id(), SANDBOX.id(), NETWORK.id())), 3);

        assertThat(rules()).isEqualTo(rules);
        assertThat(links()).isEqualTo(links);
        assertThat(exec("ip", "netns")).doesNotContain("pb-");
        assertThat(state().specs()).isEmpty();
    }

    /// So that nothing new is reachable for a moment by everybody.
    @Test
    void rulesStandBeforeTheLinksThatTheyGuard() throws Exception {
        List<String> steps = ((Answer.Granted<Reply.Planned>) client.call(
                        new Request.Preview(new SpecChange(List.of(NETWORK, SANDBOX, ENDPOINT, PORT), List.of()), 0)))
                .reply().steps().stream().map(PlannedStep::name).toList();
        int rules = indexOf(steps, "iptables");
        assertThat(rules).isNotNegative().isLessThan(indexOf(steps, "create bridge"));
        assertThat(indexOf(steps, "create bridge")).isLessThan(indexOf(steps, "attach "));
        assertThat(indexOf(steps, "attach ")).isLessThan(indexOf(steps, "start the command"));
    }

    private static int indexOf(List<String> steps, String part) {
        return steps.indexOf(
                steps.stream().filter(step -> step.contains(part)).findFirst().orElse(""));
    }

    @Test
    void aPortThatIsNotPublishedIsReachedFromTheHostAlone() throws Exception {
        apply(new SpecChange(List.of(NETWORK, SANDBOX, ENDPOINT), List.of()), 0);
        outside("ip", "route", "add", "172.18.0.0/16", "via", "198.51.100.2");
        awaitServer();
        assertThat(outside("curl", "-s", "--max-time", "2", "http://172.18.0.2/"))
                .isEmpty();
        apply(new SpecChange(List.of(), List.of(ENDPOINT.id(), SANDBOX.id(), NETWORK.id())), 1);
    }

    /// The helper is done when the command was started, and that has to open its port yet.
    private void awaitServer() {
        await().untilAsserted(() -> assertThat(exec("curl", "-s", "--max-time", "20", "http://172.18.0.2/"))
                .contains("It works!"));
    }

    /// Without counters and times.
    private String rules() throws Exception {
        return exec("iptables-save").replaceAll("(?m)^#.*|\\[.*", "");
    }

    /// Without states and the carrier, which the kernel sets by itself.
    private String links() throws Exception {
        return exec("ip", "-br", "link")
                .replaceAll("(?m)^(\\S+) +[A-Z]+ +", "$1 ")
                .replaceAll("NO-CARRIER,|,LOWER_UP", "");
    }

    private Reply.State state() throws Exception {
        return ((Answer.Granted<Reply.State>) client.call(new Request.Snapshot())).reply();
    }

    private void apply(SpecChange change, long revision) throws Exception {
        Answer<Reply.Applied> answer =
                client.call(new Request.Apply(change, revision, "a test", ActivityKind.ACTION, 0, StopMode.GRACEFUL));
        assertThat(answer).isInstanceOf(Answer.Granted.class);
    }

    private String exec(String... words) throws Exception {
        return run(lab.command(List.of(words), false));
    }

    private String outside(String... words) throws Exception {
        return run(lab.command(List.of(words), true));
    }

    private static String run(List<String> words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
