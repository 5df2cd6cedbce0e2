package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.Launcher;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.differential.CommandResult;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.engine.os.LockFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// The command itself, as root types it on a host with a real Docker: in a terminal, and in the background.
class HostDriverCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SERVED =
            "Docker has the network driver patchbay now: docker network create -d patchbay NAME";

    /// Returns when the process has the file open; fails when it ends before.
    private static final String ASKS = "my $fds = \"/proc/$ARGV[0]/fd\"; my $end = time + 60; while (time < $end) {"
            + " opendir(my $all, $fds) or die \"ended\"; for (readdir $all) {"
            + " exit 0 if (readlink(\"$fds/$_\") // \"\") =~ m{/driver[.]switch$} } } die \"does not ask\"";

    @TempDir
    static Path directory;

    private static EngineRunner engine;

    private String before;

    private record Ended(int exitCode, String output) {}

    /// The host shares its files with this machine, but for what a test writes.
    @BeforeAll
    static void startTheEngine(TestInfo test) throws Exception {
        engine = EngineVersion.of(test).start(directory);
        onHost("mount -t tmpfs -o mode=755 tmpfs /var/lib");
        // It stays when its last rule has gone.
        onHost("for i in iptables ip6tables; do $i -t raw -A OUTPUT -j ACCEPT; $i -t raw -D OUTPUT -j ACCEPT; done");
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void lookBefore() throws Exception {
        before = everything();
    }

    /// Rules of both families, links, Docker's networks, and whatever of Patchbay runs, listens or is switched on.
    private static String everything() throws Exception {
        return onHost("(iptables-save; ip6tables-save) | grep -v '^#' | sed 's/\\[[0-9:]*\\]//';"
                + " ip -o link | cut -d: -f2 | sort; docker network ls --format '{{.Name}} {{.Driver}}'; docker ps -aq;"
                + " pgrep -f '[d]ev.patchbay'; find /run/patchbay /run/docker/plugins -type s 2>/dev/null;"
                + " find /var/lib/patchbay -name driver.on 2>/dev/null; true");
    }

    /// The kernel removes an interface a moment after the namespace that its other end was in.
    private void nothingIsLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).isEqualTo(before));
    }

    private static String onHost(String script) throws Exception {
        Ended ended = finished(started(List.of("sh", "-c", script)));
        assertThat(ended.exitCode()).as(script + ": " + ended.output()).isZero();
        return ended.output();
    }

    private static Ended patchbay(String... words) throws Exception {
        return finished(startedPatchbay(words));
    }

    private static void done(String output, String... words) throws Exception {
        assertThat(patchbay(words)).isEqualTo(new Ended(ExitCode.DONE, output));
    }

    private static void refused(String sentence, String... words) throws Exception {
        Ended ended = patchbay(words);
        assertThat(ended.output()).contains(sentence);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    private static Process startedPatchbay(String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        line.addAll(List.of(words));
        return started(line);
    }

    private static Process started(List<String> words) throws IOException {
        List<String> line = new ArrayList<>(engine.joining());
        line.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(new File("/")).redirectErrorStream(true);
        builder.environment().put("DOCKER_HOST", engine.address());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("PATCHBAY_HOME", directory.resolve("home").toString());
        Process process = builder.start();
        process.outputWriter().close();
        return process;
    }

    private static Ended finished(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output.strip());
    }

    private static void shopWithWeb() throws Exception {
        engine.docker("network", "create", "-d", "patchbay", "--subnet", "10.77.0.0/24", "shop");
        engine.docker(
                "run", "-d", "--name", "web", "--restart", "always", "--network", "shop", "-p", "8080:80", "httpd:2.4");
        answers();
    }

    private static void answers() {
        answers(8080);
    }

    private static void answers(int port) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                onHost("ip netns exec outside curl -s http://198.51.100.2:" + port + " || true"))
                        .contains("It works!"));
    }

    /// The container is on no other network.
    private static void aPortBesideTheDriverIsPublishedAndExplained() throws Exception {
        engine.docker("run", "-d", "--name", "db", "--network", "shop", "httpd:2.4");
        assertThat(patchbay("--host", "local", "publish", "db", "8090:80").exitCode())
                .isEqualTo(ExitCode.DONE);
        answers(8090);
        assertThat(patchbay("--host", "local", "explain", "outside", "db:80", "--probe")
                        .output())
                .containsPattern("probed +connected");
        assertThat(patchbay("--host", "local", "explain", "db", "web:80").output())
                .contains("web:80/tcp: reachable");
        assertThat(patchbay("--host", "local", "status").output()).containsPattern("Problems: +0");
        engine.docker("rm", "-f", "db");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(onHost("iptables-save")).doesNotContain("8090"));
    }

    /// On Docker's own network: only the socket that holds the port tells Docker of it.
    private static void refusesTheSamePort() {
        CommandResult refused =
                engine.command(List.of("run", "-d", "--name", "rival", "-p", "8080:80", "httpd:2.4"), "");
        engine.docker("rm", "-f", "rival");
        assertThat(refused.exitCode()).isEqualTo(125);
        assertThat(refused.err()).containsAnyOf("already in use", "already allocated");
    }

    /// As an engine may ask, with a port that a socket of UDP holds; then with one more that Docker has,
    /// which leaves all as it was.
    private static void portsThatAreAskedForAgainStay() throws Exception {
        engine.docker("run", "-d", "--name", "dns", "--network", "shop", "-p", "5353:53/udp", "httpd:2.4");
        engine.docker("run", "-d", "--name", "taker", "-p", "8070:80", "httpd:2.4");
        String endpoint = engine.docker("inspect", "-f", "{{.NetworkSettings.Networks.shop.EndpointID}}", "dns");
        String port = "{\"Proto\":17,\"Port\":53,\"HostPort\":5353,\"HostPortEnd\":5353}";
        assertThat(publishes(endpoint, port)).isEqualTo("{}");
        assertThat(publishes(endpoint, port + ",{\"Proto\":6,\"Port\":80,\"HostPort\":8070,\"HostPortEnd\":8070}"))
                .contains("\"Err\":", "8070");
        assertThat(onHost("ss -Hlun 'sport = 5353'").lines()).hasSize(1);
        assertThat(onHost("iptables-save -t nat | grep -c -e '--dport 5353 -j DNAT'"))
                .isEqualTo("1");
        engine.docker("rm", "-f", "dns", "taker");
        assertThat(onHost("ss -Hlun 'sport = 5353'")).isEmpty();
    }

    /// The driver's answer to the request of an engine.
    private static String publishes(String endpoint, String ports) throws Exception {
        return onHost("curl -sS --unix-socket /run/docker/plugins/patchbay.sock -d '{\"NetworkID\":\"-\","
                + "\"EndpointID\":\"" + endpoint + "\",\"Options\":{\"com.docker.network.portmap\":[" + ports
                + "]}}' http://patchbay/NetworkDriver.ProgramExternalConnectivity");
    }

    private static void removeShopAndWeb() {
        engine.docker("rm", "-f", "web");
        engine.docker("network", "rm", "shop");
        engine.docker("run", "-d", "--name", "heir", "-p", "8080:80", "httpd:2.4");
        engine.docker("rm", "-f", "heir");
    }

    /// Of the process in the background.
    private static String pid() throws Exception {
        return pid("driver");
    }

    /// As it is written down.
    private static String pid(String name) throws Exception {
        return onHost("grep -oE '\"pid\":[0-9]+' /var/lib/patchbay/machine/" + name + ".json | cut -d: -f2");
    }

    private static boolean runs(String pid) throws Exception {
        return onHost("grep -q DriverMain /proc/" + pid + "/cmdline && echo yes || true")
                .equals("yes");
    }

    @Test
    void inATerminalItServesUntilItIsEnded() throws Exception {
        Process terminal = startedPatchbay("host", "driver");
        assertThat(terminal.inputReader().readLine()).isEqualTo(SERVED);
        shopWithWeb();
        String id = engine.docker("network", "inspect", "-f", "{{.Driver}} {{.Id}}", "shop");
        assertThat(id).startsWith("patchbay ");
        String bridge = "pb-" + id.substring("patchbay ".length()).substring(0, 12);
        assertThat(onHost("ip -br address show " + bridge)).contains("10.77.0.1/24");
        assertThat(onHost("iptables-save -t nat")).contains("--dport 8080 -j DNAT --to-destination 10.77.0.2:80");
        assertThat(onHost("stat -c '%U %a' /run/docker/plugins/patchbay.sock")).isEqualTo("root 600");
        refused("another process serves /run/docker/plugins/patchbay.sock already", "host", "driver");
        refused("another process serves /run/docker/plugins/patchbay.sock already", "host", "driver", "on");
        assertThat(patchbay("host", "driver", "sideways"))
                .isEqualTo(new Ended(
                        ExitCode.USAGE,
                        "unknown \"sideways\": on, off or nothing\nSee 'patchbay host driver --help'."));
        answers();
        // Its own process: where an engine runs in a chroot, `docker exec` has the files of the host.
        assertThat(engine.docker(
                        "run", "--rm", "--network", "shop", "httpd:2.4", "busybox", "wget", "-qO-", "http://web"))
                .contains("It works!");
        refusesTheSamePort();
        assertThat(patchbay("--host", "local", "ps").output()).contains("0.0.0.0:8080->80/tcp");
        aPortBesideTheDriverIsPublishedAndExplained();
        portsThatAreAskedForAgainStay();
        removeShopAndWeb();
        onHost("kill $(pgrep -f '[L]auncher host driver')");
        terminal.waitFor();
        done("", "host", "down");
        nothingIsLeft();
    }

    @Test
    void inTheBackgroundItServesUntilItIsSwitchedOff() throws Exception {
        done(SERVED, "host", "driver", "on");
        String first = pid();
        done(SERVED, "host", "driver", "on");
        assertThat(pid()).isEqualTo(first);
        refused("`patchbay host driver off`", "host", "driver");
        shopWithWeb();

        // Whoever looks at this machine next starts it again.
        onHost("kill -KILL " + first);
        assertThat(patchbay("--host", "local", "ps").output()).contains("web");
        engine.docker("restart", "-t", "1", "web");
        answers();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pid()).isNotEqualTo(first);
            assertThat(runs(pid())).isTrue();
        });
        refusesTheSamePort();

        // As after a reboot, with the driver before Docker.
        engine.stop();
        String second = pid();
        onHost("kill -KILL " + second + " " + pid("helper"));
        onHost("ip -o link | grep -oE 'pb-[0-9a-f]{12}' | xargs -n1 ip link delete;"
                + " for i in iptables ip6tables; do for t in nat filter raw; do $i -t $t -F; $i -t $t -X; done; done");
        done(SERVED, "host", "driver", "on");
        assertThat(pid()).isNotEqualTo(second);
        engine.startAgain();
        answers();

        String third = pid();
        assertThat(patchbay("host", "driver", "off").output()).contains("no container starts on them");
        assertThat(runs(third)).isFalse();
        assertThat(onHost("find /run/docker/plugins -type s")).isEmpty();
        answers();
        done(SERVED, "host", "driver", "on");
        removeShopAndWeb();
        assertThat(patchbay("host", "driver", "off").exitCode()).isZero();
        done("", "host", "down");
        // An engine that starts has its networks in another order each time.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(everything().lines())
                        .containsExactlyInAnyOrderElementsOf(before.lines().toList()));
    }

    /// Whoever comes first, the driver is switched on and serves in the end, or neither.
    @Test
    void onAndOffAtOnceLeaveOneOfTheTwoWhole() throws Exception {
        done(SERVED, "host", "driver", "on");
        for (int round = 0; round < 4; round++) {
            Process off = startedPatchbay("host", "driver", "off");
            Process on = startedPatchbay("host", "driver", "on");
            assertThat(finished(on)).isEqualTo(new Ended(ExitCode.DONE, SERVED));
            assertThat(finished(off).exitCode()).isZero();
            boolean serves = !onHost("find /run/docker/plugins -type s").isEmpty();
            assertThat(!onHost("find /var/lib/patchbay -name driver.on").isEmpty())
                    .isEqualTo(serves);
            assertThat(!onHost("pgrep -f '[D]riverMain' || true").isEmpty()).isEqualTo(serves);
        }
        assertThat(patchbay("host", "driver", "off").exitCode()).isZero();
        done("", "host", "down");
        nothingIsLeft();
    }

    /// Whoever waits opens the file again and again, for a moment each time.
    ///
    /// @param words of the process
    private static void asksForTheLock(String words) throws Exception {
        onHost("for i in $(seq 600); do pid=$(pgrep -f '" + words + "') && break; sleep 0.1; done; perl -e '" + ASKS
                + "' $pid");
    }

    @Test
    void theSocketOfOneThatWasKilledGoesWithTheSwitch() throws Exception {
        done(SERVED, "host", "driver", "on");
        onHost("kill -KILL " + pid());
        assertThat(onHost("find /run/docker/plugins -type s")).isNotEmpty();
        assertThat(patchbay("host", "driver", "off").exitCode()).isZero();
        assertThat(onHost("find /run/docker/plugins -type s; find /var/lib/patchbay -name driver.on"))
                .isEmpty();
        done("", "host", "down");
        nothingIsLeft();
    }

    /// One that was switched on and starts again serves before it is switched off, or not at all.
    @Test
    void whatComesAgainWhileItIsSwitchedOffStaysAway() throws Exception {
        done(SERVED, "host", "driver", "on");
        onHost("kill -KILL " + pid());
        String init = engine.joining().get(engine.joining().indexOf("--target") + 1);
        Path file = Path.of("/proc", init, "root/var/lib/patchbay/machine/driver.switch");
        Process off;
        try (LockFile _ = LockFile.acquire(file)) {
            assertThat(patchbay("--host", "local", "ps").exitCode()).isZero();
            off = startedPatchbay("host", "driver", "off");
            asksForTheLock("[D]riverMain");
            asksForTheLock("[L]auncher host driver off");
        }
        assertThat(finished(off).exitCode()).isZero();
        await().atMost(PATIENCE)
                .until(() -> onHost("pgrep -f '[D]riverMain' || true").isEmpty());
        assertThat(onHost("find /run/docker/plugins -type s; find /var/lib/patchbay -name driver.on"))
                .isEmpty();
        done("", "host", "down");
        nothingIsLeft();
    }
}
