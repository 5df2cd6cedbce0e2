package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ports of containers that run, published beside a real engine: they answer from everywhere, follow the container,
/// end with it, and leave nothing of the engine's changed.
class ExternalPublishTest extends RealEngineTest {
    private static final String WORKS = "It works!";

    private final EngineHistory history = new EngineHistory(null);
    private Machine machine;
    private EngineHost seeing;
    private String everythingBefore;

    @BeforeEach
    void connectWithTheHelper() throws Exception {
        machine = engine.machine(directory);
        engine.docker("network", "create", "--subnet", "10.60.0.0/24", "shop");
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "other");
        everythingBefore = everything();
        seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), history, progress::add);
    }

    @AfterEach
    void endTheHelper() throws EngineException {
        seeing.close();
        machine.down();
    }

    /// Rules of both families and what a bridge lets through.
    private static String everything() {
        return engine.onHost(RealEngine.RULES + "; grep . /proc/sys/net/ipv4/conf/*/route_localnet | grep -v veth");
    }

    /// Returns when its server answers.
    private static void web(String name, String... options) {
        engine.onHost("docker -H " + engine.address() + " run -d --name " + name + " --network shop "
                + String.join(" ", options) + " " + IMAGE);
        String address = inspected(name, ".NetworkSettings.Networks.shop.IPAddress");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(fromHost("http://" + address + "/")).contains(WORKS));
    }

    private Outcome.Done publish(String container, String mapping) throws Exception {
        return ok(seeing.apply(new Change.Publish(container, PortArgument.mapping(mapping))));
    }

    /// What comes back within a few seconds; nothing otherwise.
    private static String fromHost(String url) {
        return engine.onHost("curl -s --max-time 3 " + url + " || true");
    }

    private static String fromOutside(String url) {
        return engine.onHost("ip netns exec outside curl -s --max-time 3 " + url + " || true");
    }

    private static void answersAgain(String url) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fromOutside(url)).contains(WORKS));
    }

    @Test
    void aPortOfARunningContainerIsOpenAtOnceAndIsTakenBackWithoutATrace() throws Exception {
        web("web");
        String before = everything();
        Outcome preview = seeing.preview(new Change.Publish("web", PortArgument.mapping("8080:80")));
        assertThat(everything()).isEqualTo(before);
        assertThat(ok(preview).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.lines())
                        .startsWith("patchbay publish web 8080:80")
                        .anyMatch(line -> line.contains("DNAT --to-destination 10.60.0.2:80")));

        publish("web", "8080:80");

        assertThat(reply("ip netns exec outside", "http://198.51.100.2:8080/")).contains(WORKS);
        assertThat(reply("", "http://198.51.100.2:8080/")).contains(WORKS);
        assertThat(reply("", "http://127.0.0.1:8080/")).contains(WORKS);
        assertThat(reply(within("web"), "http://198.51.100.2:8080/"))
                .as("the container itself")
                .contains(WORKS);
        engine.docker("run", "-d", "--name", "neighbour", "--network", "shop", IMAGE);
        engine.docker("run", "-d", "--name", "stranger", "--network", "other", IMAGE);
        assertThat(reply(within("neighbour"), "http://198.51.100.2:8080/")).contains(WORKS);
        assertThat(reply(within("stranger"), "http://198.51.100.2:8080/")).contains(WORKS);
        assertThat(inside("stranger", "http://10.60.0.2/"))
                .as("networks stay apart")
                .isEmpty();
        assertThat(engine.docker("port", "web")).isEmpty();
        PortBinding port = container(seeing.topology(), "web").ports().getFirst();
        assertThat(port.external()).isTrue();
        assertThat(port.inForce()).isTrue();
        engine.docker("rm", "-f", "neighbour", "stranger");

        ok(seeing.apply(Change.Unpublish.single("web", 8080, 80, Protocol.TCP)));
        assertThat(everything()).isEqualTo(before);
        assertThat(fromOutside("http://198.51.100.2:8080/")).isEmpty();

        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(reply("ip netns exec outside", "http://198.51.100.2:8080/")).contains(WORKS);
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(everything()).isEqualTo(before);
    }

    private static String inside(String container, String url) {
        return engine.onHost(within(container) + " curl -s --max-time 3 " + url + " || true");
    }

    private static String within(String container) {
        return "nsenter -t $(docker -H " + engine.address() + " inspect -f '{{.State.Pid}}' " + container + ") -n";
    }

    @Test
    void theMappingFollowsTheContainerAndEndsWithIt() throws Exception {
        web("web");
        publish("web", "8080:80");
        for (int restart = 0; restart < 20; restart++) {
            engine.docker("restart", "-t", "1", "web");
            answersAgain("http://198.51.100.2:8080/");
        }
        String url = "http://198.51.100.2:8080/";
        engine.docker("stop", "-t", "1", "web");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).isEqualTo(everythingBefore));
        web("squatter");
        assertThat(inspected("squatter", ".NetworkSettings.Networks.shop.IPAddress"))
                .isEqualTo("10.60.0.2");
        assertThat(fromOutside(url)).isEmpty();
        engine.docker("start", "web");
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.60.0.3");
        answersAgain(url);
        assertThat(engine.onHost("iptables-save -t nat")).contains("--to-destination 10.60.0.3:80");

        engine.docker("network", "connect", "other", "web");
        engine.docker("network", "disconnect", "shop", "web");
        answersAgain(url);

        engine.docker("rm", "-f", "web", "squatter");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).isEqualTo(everythingBefore));
        assertThat(fromOutside(url)).isEmpty();
    }

    @Test
    void anEngineThatStartsAgainFindsTheMappingInItsPlace() throws Exception {
        web("web", "--restart", "always");
        publish("web", "8080:80");
        for (boolean killed : List.of(false, true)) {
            stopAndStart(killed);
            answersAgain("http://198.51.100.2:8080/");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    engine.onHost("iptables -S FORWARD").lines())
                            .containsSubsequence(
                                    "-A FORWARD -j DOCKER-USER",
                                    "-A FORWARD -j PATCHBAY-FORWARDS",
                                    "-A FORWARD -j DOCKER-ISOLATION-STAGE-1"));
        }
        ok(seeing.apply(Change.Unpublish.single("web", 8080, 80, Protocol.TCP)));
        assertThat(everything()).doesNotContain("PATCHBAY");
    }

    private static void stopAndStart(boolean killed) throws IOException {
        if (killed) {
            engine.kill();
        } else {
            engine.stop();
        }
        engine.startAgain();
    }

    /// With Docker's own proxy, its bridges do not send packets from 127.0.0.1.
    @Test
    void theHostsLoopbackReachesThePortAndIsNotReachedByContainers() throws Exception {
        String setting = "/proc/sys/net/ipv4/conf/br-"
                + engine.docker("network", "inspect", "-f", "{{.Id}}", "shop").substring(0, 12) + "/route_localnet";
        engine.onHost("echo 0 >" + setting);
        web("web");
        String before = everything();
        engine.onHost("mkdir -p /run/www && echo secret >/run/www/index.html;"
                + " busybox httpd -f -p 127.0.0.1:9999 -h /run/www >/dev/null 2>&1 & echo $! >/run/secret;"
                + " until curl -s http://127.0.0.1:9999/ >/dev/null; do :; done");
        publish("web", "8080:80");
        publish("web", "127.0.0.1:8081:80");
        assertThat(fromOutside("http://198.51.100.2:8081/")).isEmpty();
        ok(seeing.apply(Change.Unpublish.single("web", 8080, 80, Protocol.TCP)));
        // Whoever follows the engine repairs when it begins, and has begun when it has followed a stop.
        engine.docker("stop", "-t", "1", "web");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).doesNotContain("PATCHBAY-FORWARDS"));
        engine.docker("start", "web");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(fromHost("http://127.0.0.1:8081/")).contains(WORKS));
        engine.onHost("nsenter -t $(docker -H " + engine.address() + " inspect -f '{{.State.Pid}}' web) -n sh -c '"
                + "ip address delete 127.0.0.1/8 dev lo; echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet;"
                + " ip route add 127.0.0.0/8 via 10.60.0.1 src 10.60.0.2'");
        assertThat(inside("web", "http://127.0.0.1:9999/")).isEmpty();
        engine.onHost("iptables -F PATCHBAY-FORWARDS");
        assertThat(reply(within("web"), "http://127.0.0.1:9999/"))
                .as("without the rule")
                .contains("secret");
        engine.onHost("echo 0 >" + setting);
        assertThat(seeing.repair(false)).isNotEmpty();
        assertThat(inside("web", "http://127.0.0.1:9999/")).isEmpty();
        assertThat(reply("", "http://127.0.0.1:8081/")).contains(WORKS);

        ok(seeing.apply(Change.Unpublish.single("web", 8081, 80, Protocol.TCP)));
        engine.onHost("kill $(cat /run/secret)");
        assertThat(everything()).isEqualTo(before);
    }

    /// Always from the same port, which makes it one flow as long as nobody ends it.
    @Test
    void aUdpFlowFollowsTheContainerToAnotherNetwork() throws Exception {
        web("web");
        engine.onHost("""
            cat >/run/server.pl <<'PERL'
            my $s = IO::Socket::INET->new(Proto => 'udp', LocalPort => 5354) or die $!;
            while (defined $s->recv(my $m, 99)) { $s->send('web') }
            PERL
            cat >/run/client.pl <<'PERL'
            my $s = IO::Socket::INET->new(Proto => 'udp', LocalPort => 4001, PeerAddr => '198.51.100.2:8354');
            $s->send('?'); vec(my $r = '', fileno($s), 1) = 1;
            my $m = 'none';
            $s->recv($m, 99) if select($r, undef, undef, 1);
            print $m;
            PERL
            """);
        engine.onHost("nsenter -t $(docker -H " + engine.address() + " inspect -f '{{.State.Pid}}' web) -n"
                + " perl -MIO::Socket::INET /run/server.pl >/dev/null 2>&1 & echo $! >/run/server");
        publish("web", "8353-8355:5353-5355/udp");
        answersOverUdp();
        engine.docker("network", "connect", "other", "web");
        engine.docker("network", "disconnect", "shop", "web");
        answersOverUdp();
        engine.onHost("kill $(cat /run/server)");
        ok(seeing.apply(new Change.Unpublish("web", null, null, new PortRange(5353, 5355), Protocol.UDP)));
        assertThat(everything()).isEqualTo(everythingBefore);
    }

    private static void answersOverUdp() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(engine.onHost("ip netns exec outside perl -MIO::Socket::INET /run/client.pl"))
                                .isEqualTo("web"));
    }

    @Test
    void aBusyPortIsRefusedWithItsOwner() throws Exception {
        web("web");
        web("owner", "-p", "8081:80");
        String before = everything();
        assertThat(refusal("web", "8081:80").advice()).contains("Container owner publishes it");
        publish("owner", "8082:80");
        assertThat(refusal("web", "8082:80").advice()).contains("Container owner publishes it");
        assertThat(refusal("owner", "8082:80").code()).isEqualTo("already-published");
        engine.onHost("busybox nc -l -p 8083 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; "
                + "until grep -q :1F93 /proc/net/tcp*; do :; done");
        assertThat(refusal("web", "8083:80").advice()).contains("pid");
        engine.onHost("kill $(cat /run/listener)");
        ok(seeing.apply(Change.Unpublish.single("owner", 8082, 80, Protocol.TCP)));
        assertThat(seeing.apply(new Change.Unpublish("owner", null, PortRange.single(8081), null, Protocol.TCP)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(everything()).isEqualTo(before);
    }

    private Refusal refusal(String container, String mapping) throws Exception {
        Outcome outcome = seeing.apply(new Change.Publish(container, PortArgument.mapping(mapping)));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    @Test
    void withoutAHelperASentenceSaysSo() throws Exception {
        web("web");
        Outcome outcome = controller.apply(new Change.Publish("web", PortMapping.of(null, 8080, 80, Protocol.TCP)));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).refusal().sentence()).contains("Docker cannot do this");
    }
}
