package dev.patchbay.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.lab.Lab;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a client says that it found: the helper reads it itself, and a link that it found is left as it was.
/// Asked over the socket of a helper in a Lab of its own, the kernel read back with `ip` and `sysctl`.
class PriorHostStateTest {
    private static final AdoptedBridge CLAIMED = new AdoptedBridge(List.of(), false);

    @TempDir
    private Path home;

    private Lab lab;
    private HelperClient client;

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

    private static NetworkSpec over(String bridge, @Nullable AdoptedBridge claimed, boolean ipv6) {
        Pool pool =
                new Pool(Cidr.of("172.18.0.0/16"), InetAddress.ofLiteral("172.18.0.1"), null, Map.of(), false, false);
        Pool pool6 = new Pool(
                Cidr.of("2001:db8:7::/64"), InetAddress.ofLiteral("2001:db8:7::1"), null, Map.of(), false, false);
        return new NetworkSpec(
                Id.random(),
                "shop",
                Instant.EPOCH,
                Driver.BRIDGE,
                bridge,
                ipv6 ? List.of(pool, pool6) : List.of(pool),
                ipv6,
                false,
                false,
                DriverSettings.DEFAULT.withAdoptedBridge(claimed),
                false,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                false);
    }

    private static ExternalPublishSpec forward(String bridge, boolean localnet) {
        return new ExternalPublishSpec(
                new PortSpec(
                        Id.random(),
                        Id.random(),
                        null,
                        Protocol.TCP,
                        null,
                        InetAddress.ofLiteral("0.0.0.0"),
                        8088,
                        PortRange.single(80),
                        List.of(),
                        false,
                        null),
                "unix:///run/docker.sock",
                new ExternalPublishSpec.Target(bridge, List.of(Cidr.of("10.55.0.2/24")), localnet));
    }

    /// Once its uplink was taken down when such a network went.
    @Test
    void aLinkThatIsNoBridgeIsNotFound() throws Exception {
        String before = everything("eth0");
        NetworkSpec network = over("eth0", new AdoptedBridge(List.of(Cidr.of("198.51.100.2/24")), false), false);
        assertThat(refusal(network)).isEqualTo("existing interface eth0 is not a bridge");
        assertThat(refusal(over("eth0", null, false))).isEqualTo("existing interface eth0 is not a bridge");
        assertThat(everything("eth0")).isEqualTo(before);
        assertThat(exec("ip", "-br", "link", "show", "eth0")).contains("UP");
    }

    @Test
    void aFoundBridgeGetsBackWhatWasChangedAndKeepsTheRest() throws Exception {
        exec("ip", "link", "add", "byhand", "up", "type", "bridge");
        exec("ip", "address", "add", "10.55.0.1/24", "dev", "byhand");
        exec("ip", "address", "add", "172.18.0.1/16", "dev", "byhand");
        exec("sysctl", "-q", "-w", "net.ipv4.conf.byhand.route_localnet=1", "net.ipv6.conf.byhand.disable_ipv6=1");
        String before = everything("byhand");
        for (AdoptedBridge claim : List.of(
                CLAIMED,
                // All its addresses would be taken away, and new ones kept.
                new AdoptedBridge(List.of(Cidr.of("2001:db8:7::1/64")), true))) {
            NetworkSpec network = over("byhand", claim, true);
            assertThat(apply(List.of(network), List.of())).isInstanceOf(Answer.Granted.class);
            assertThat(exec("ip", "-br", "address", "show", "byhand"))
                    .contains("10.55.0.1/24", "172.18.0.1/16", "2001:db8:7::1/64");
            assertThat(state().specs()).singleElement().isInstanceOfSatisfying(NetworkSpec.class, recorded -> {
                AdoptedBridge found = Objects.requireNonNull(recorded.settings().found());
                assertThat(found.addresses())
                        .containsExactlyInAnyOrder(Cidr.of("10.55.0.1/24"), Cidr.of("172.18.0.1/16"));
                assertThat(found.up()).isTrue();
            });
            // Nor is it believed later.
            assertThat(apply(List.of(network.withAdoptedBridge(CLAIMED).withName("store")), List.of()))
                    .isInstanceOf(Answer.Granted.class);
            assertThat(apply(List.of(network.withAdoptedBridge(null)), List.of()))
                    .isInstanceOf(Answer.Granted.class);
            assertThat(apply(List.of(), List.of(network.id()))).isInstanceOf(Answer.Granted.class);
            assertThat(everything("byhand")).isEqualTo(before);
        }
        exec("ip", "link", "delete", "byhand");
    }

    @Test
    void aBridgeThatNobodyMeantIsNotTaken() throws Exception {
        exec("ip", "link", "add", "byhand", "up", "type", "bridge");
        String before = everything("byhand");
        assertThat(refusal(over("byhand", null, false)))
                .isEqualTo("The host has a bridge byhand that is not Patchbay's.");
        assertThat(everything("byhand")).isEqualTo(before);
        exec("ip", "link", "delete", "byhand");
    }

    /// What is there before the first mapping is there after the last one.
    @Test
    void aBridgesOwnSettingOutlivesItsMappings() throws Exception {
        exec("ip", "link", "add", "byhand", "up", "type", "bridge");
        for (String own : List.of("1", "0")) {
            exec("sysctl", "-q", "-w", "net.ipv4.conf.byhand.route_localnet=" + own);
            for (boolean claimed : new boolean[] {false, true}) {
                ExternalPublishSpec forward = forward("byhand", claimed);
                assertThat(apply(List.of(forward), List.of())).isInstanceOf(Answer.Granted.class);
                assertThat(exec("sysctl", "-n", "net.ipv4.conf.byhand.route_localnet")
                                .strip())
                        .isEqualTo("1");
                assertThat(apply(List.of(), List.of(forward.id()))).isInstanceOf(Answer.Granted.class);
                assertThat(exec("sysctl", "-n", "net.ipv4.conf.byhand.route_localnet")
                                .strip())
                        .isEqualTo(own);
            }
        }
        exec("ip", "link", "delete", "byhand");
    }

    @Test
    void aMappingLeadsToABridgeAlone() throws Exception {
        for (String link : List.of("eth0", "nothing")) {
            assertThat(refusal(forward(link, false))).isEqualTo("The host has no bridge " + link + ".");
        }
        assertThat(exec("sysctl", "-n", "net.ipv4.conf.eth0.route_localnet").strip())
                .isEqualTo("0");
    }

    private Reply.State state() throws Exception {
        return ((Answer.Granted<Reply.State>) client.call(new Request.Snapshot())).reply();
    }

    private Answer<Reply.Applied> apply(List<? extends Spec> put, List<Id> remove) throws Exception {
        return client.call(new Request.Apply(
                new SpecChange(List.copyOf(put), remove),
                state().revision(),
                "a test",
                ActivityKind.ACTION,
                0,
                StopMode.GRACEFUL));
    }

    private String refusal(Spec spec) throws Exception {
        Answer<Reply.Applied> answer = apply(List.of(spec), List.of());
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused<Reply.Applied>) answer).refusal().sentence();
    }

    /// Of a link, but for timers, and the address that it gives itself in its own time.
    private String everything(String link) throws Exception {
        return exec("ip", "-d", "-o", "link", "show", link)
                        .replaceAll("(hello|tcn|topology_change|gc)_timer +[0-9.]+", "")
                + exec("sh", "-c", "ip -o address show " + link + " | grep -v fe80:")
                + exec(
                        "sh",
                        "-c",
                        "grep -rs . /proc/sys/net/ipv4/conf/" + link + " /proc/sys/net/ipv6/conf/" + link + " | sort");
    }

    private String exec(String... words) throws Exception {
        Process process = new ProcessBuilder(lab.command(List.of(words), false))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
