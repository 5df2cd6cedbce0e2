package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.testing.KernelSnapshot;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.RestartPolicy.Name;
import dev.patchbay.engine.lab.LabStatus;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.status.SandboxStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The helper dies while nothing is asked of it, or the whole Lab ends: what ran goes on, or comes back.
class HelperLostTest {
    private static final String CURL = "curl -s --max-time 20 http://127.0.0.1:8080/";

    @TempDir
    private Path home;

    private RealLab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new RealLab(home);
        lab.done(Change.CreateNetwork.named("shop"));
        run("web01", "httpd:2.4", List.of(), PortMapping.of(null, 8080, 80, Protocol.TCP));
        run("web02", "httpd:2.4", List.of());
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    private void run(String name, String image, List<String> command, PortMapping... ports) throws EngineException {
        run(
                image.equals("host") ? RestartPolicy.NO : new RestartPolicy(Name.UNLESS_STOPPED, 0),
                name,
                image,
                command,
                ports);
    }

    private void run(RestartPolicy policy, String name, String image, List<String> command, PortMapping... ports)
            throws EngineException {
        lab.done(Change.RunContainer.of(name, image, command, List.of(EndpointRequest.on("shop")))
                .withPorts(List.of(ports))
                .withSettings(HostSettings.DEFAULT.withRestart(policy)));
    }

    @Test
    void everythingGoesOnWithoutItAndNothingNeedsRepairWhenItIsBack() throws Exception {
        lab.onHost("""
            set -e
            ip link add by-hand type bridge
            ip addr add 10.201.0.1/24 dev by-hand
            ip netns add by-hand
            iptables -A FORWARD -i by-hand -j ACCEPT
            iptables -t nat -I PREROUTING -i by-hand -p tcp -m tcp --dport 7 -j RETURN
            """);
        await().untilAsserted(() -> assertThat(lab.onHost(CURL)).contains("It works!"));
        String processes = processes();
        KernelSnapshot before = KernelSnapshot.of(lab);

        lab.killHelper();

        assertThat(lab.status().state()).isEqualTo(LabStatus.State.HELPER_GONE);
        assertThat(lab.onHost(CURL)).contains("It works!");
        assertThat(lab.outside("curl -s --max-time 20 http://198.51.100.2:8080/"))
                .contains("It works!");
        assertThat(processes()).isEqualTo(processes);
        lab.up();
        KernelSnapshot.of(lab).ofTheNetwork().assertEquals(before.ofTheNetwork(), "a new helper came");
        // Programs that the helper runs to read the kernel end a little later.
        await().untilAsserted(() -> KernelSnapshot.of(lab).assertEquals(before, "a new helper came"));
        assertThat(processes()).isEqualTo(processes);
        assertThat(lab.controller().repair(true)).isEmpty();
        assertThat(lab.onHost("ip -br link; ip netns; iptables-save")).contains("by-hand", "-A FORWARD -i by-hand");
    }

    /// By number: nothing was started anew. A server has a process for each request, which ends a moment after its
    /// answer.
    private String processes() throws EngineException {
        await().until(() -> lab.onHost("for server in $(pgrep -x busybox); do pgrep -P $server; done; true")
                .isEmpty());
        return lab.onHost("for n in $(ls /run/netns | grep ^pb-); do echo $n; ip netns pids $n | sort -n; done");
    }

    @Test
    void aCommandThatEndsMeanwhileIsShownAsExitedWithItsCode() throws Exception {
        Path go = home.resolve("go");
        run("job", "host", List.of("sh", "-c", "until [ -e " + go + " ]; do sleep 0.05; done; exit 7"));
        String namespace = sandbox("job").netnsName();
        lab.killHelper();
        lab.onHost("touch " + go + "; while ip netns pids " + namespace + " | grep -q .; do sleep 0.05; done");

        lab.up();

        assertThat(sandbox("job").running()).isFalse();
        SandboxStatus status = lab.state().statuses().stream()
                .filter(one -> one.sandbox().equals(job()))
                .findFirst()
                .orElseThrow();
        assertThat(status.running()).isFalse();
        assertThat(status.exitCode()).isEqualTo(7);
        assertThat(status.finishedAt()).isNotNull().isAfter(status.startedAt());
        assertThat(lab.onHost("ip netns")).doesNotContain(namespace);
        assertThat(lab.controller().repair(true)).isEmpty();
        assertThat(sandbox("web01").running()).isTrue();
    }

    private Id job() {
        try {
            return sandbox("job").id();
        } catch (EngineException e) {
            throw new AssertionError(e);
        }
    }

    private SandboxSpec sandbox(String name) throws EngineException {
        return lab.state().specs().stream()
                .filter(SandboxSpec.class::isInstance)
                .map(SandboxSpec.class::cast)
                .filter(sandbox -> sandbox.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLabThatWasTakenDownIsMadeAgainFromItsRecords() throws Exception {
        run("idle", "host", List.of("sleep", "600"));
        lab.done(new Change.StopContainer("idle"));
        await().untilAsserted(() -> assertThat(lab.onHost(CURL)).contains("It works!"));
        List<?> specs = lab.state().specs();
        int actions = lab.controller().topology().activity().size();

        lab.down();
        lab.up();

        assertThat(lab.state().specs()).isEqualTo(specs);
        assertThat(lab.controller().topology().activity()).hasSize(actions);
        await().untilAsserted(() -> assertThat(lab.onHost(CURL)).contains("It works!"));
        assertThat(lab.onHost("ip netns")).contains(sandbox("web02").netnsName());
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    @Test
    void afterAFreshStartThoseRunWhosePolicySaysSo() throws Exception {
        run(RestartPolicy.NO, "plain", "host", List.of("sleep", "600"));
        run(new RestartPolicy(Name.ALWAYS, 0), "stubborn", "host", List.of("sleep", "600"));
        lab.done(new Change.StopContainer("stubborn"));
        lab.done(new Change.StopContainer("web02"));

        lab.down();
        lab.up();

        Map<String, Container.State> states = lab.controller().topology().containers().stream()
                .collect(Collectors.toMap(Container::name, Container::state));
        assertThat(states)
                .containsEntry("web01", Container.State.RUNNING)
                .containsEntry("web02", Container.State.EXITED)
                .containsEntry("plain", Container.State.EXITED)
                .containsEntry("stubborn", Container.State.RUNNING);
        assertThat(lab.controller()
                        .inspectContainer("plain")
                        .at("/State/ExitCode")
                        .asInt())
                .isEqualTo(255);
        await().untilAsserted(() -> assertThat(lab.onHost(CURL)).contains("It works!"));
        assertThat(lab.controller().repair(true)).isEmpty();
    }
}
