package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RealEngineTest.IMAGE;
import static dev.patchbay.core.docker.RealEngineTest.PATIENCE;
import static dev.patchbay.core.docker.RealEngineTest.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Containers of Podman's that it plugs into nothing, on a network that Patchbay manages beside it.
class PodmanAttachedNetworkTest extends PodmanHostTest {
    private static String inside(String container, String command) {
        return engine.onHost("nsenter -n -t " + process(container) + " " + command);
    }

    private static String process(String container) {
        return engine.podman("inspect", "-f", "{{.State.Pid}}", container);
    }

    private static void answers() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("curl -s --max-time 2 http://10.78.0.2/ || true"))
                        .contains("It works!"));
    }

    @Test
    void aContainerWithoutANamespacesFileIsPluggedInThroughItsProcess() throws Exception {
        engine.podman("run", "-d", "--name", "alone", "--network", "none", IMAGE);
        ok(seeing.apply(Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY)));
        String before = engine.onHost(RealEngine.LINKS);
        Outcome connected = seeing.apply(new Change.Connect("alone", EndpointRequest.on("lane")));

        assertThat(ok(connected).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.lines())
                        .anyMatch(line -> line.contains("nsenter --net=/proc/" + process("alone") + "/ns/net ")));
        answers();
        assertThat(inside("alone", "ip route")).contains("default via 10.78.0.1 dev pb0");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inside("alone", "busybox ping -c1 -W5 198.51.100.1"))
                        .contains(" 0% packet loss"));
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(engine.onHost(RealEngine.LINKS)).isEqualTo(before);
        assertThat(inside("alone", "ip -o link")).doesNotContain("pb0");
        ok(seeing.apply(HistoryAction.REDO));
        for (int restart = 0; restart < 3; restart++) {
            engine.podman("restart", "--time", "1", "alone");
            answers();
        }

        engine.podman("rm", "--force", "--time", "0", "alone");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("ip -o link")).doesNotContain("pbv"));
        ok(seeing.apply(new Change.RemoveNetwork("lane")));
        try (HelperSession records = HelperSession.connect(helper())) {
            assertThat(records.state().specs().all()).isEmpty();
        }
    }

    /// A number is another's soon after its process has ended.
    @Test
    void noProcessLeadsIntoAnotherContainer() throws Exception {
        engine.podman("run", "-d", "--name", "alone", "--network", "none", IMAGE);
        engine.podman("run", "-d", "--name", "other", "--network", "none", IMAGE);
        Id alone = new Id(engine.podman("inspect", "-f", "{{.Id}}", "alone"));
        isRefused(alone, process("other"));
    }

    /// A user makes cgroups where systemd lets them, under any name.
    @Test
    void noProcessLeadsInByTheNameOfACgroupAlone() throws Exception {
        engine.podman("run", "-d", "--name", "alone", "--network", "none", IMAGE);
        Id alone = new Id(engine.podman("inspect", "-f", "{{.Id}}", "alone"));
        isRefusedIn("chown -R 4711 $top", alone, "libpod-" + alone);
        isRefusedIn("chown 4711 $top", alone, "libpod-" + alone + ".scope");
        isRefusedIn("chown 4711 $group", alone, "libpod-payload-" + alone);
        isRefusedIn("chmod o+w $top", alone, alone.value());
        isRefusedIn("true", alone, "not-" + alone);
    }

    /// As a user does whose Podman runs without root.
    @Test
    void whoHasTheEngineMakesItsCgroups() throws Exception {
        engine.podman("run", "-d", "--name", "alone", "--network", "none", IMAGE);
        Id alone = new Id(engine.podman("inspect", "-f", "{{.Id}}", "alone"));
        String socket = engine.address().substring("unix://".length());
        isRefusedIn("chown -R 4711 $top", alone, "libpod-" + alone);
        engine.onHost("chown 4711 " + socket);
        isRefusedIn("chown -R 4712 $top", alone, "libpod-" + alone);
        in("chown -R 4711 $top", "libpod-" + alone, process -> isLetIn(alone, process));
        engine.onHost("chown 0 " + socket);
    }

    private void isRefusedIn(String delegation, Id container, String name) throws Exception {
        in(delegation, name, process -> isRefused(container, process));
    }

    private interface Attempt {
        void by(String process) throws Exception;
    }

    /// @param delegation of the cgroup `$top`, or of `$group` in it, which has the name
    private static void in(String delegation, String name, Attempt attempt) throws Exception {
        String top = engine.onHost("root=/sys/fs/cgroup; [ -e $root/cgroup.procs ] || root=$root/pids;"
                        + " mktemp -d $root/patchbay-XXXXXXXX")
                .strip();
        String groups = "top=" + top + "; group=$top/" + name + "; ";
        String process = engine.onHost(groups + "chmod 755 $top; mkdir $group; " + delegation + ";"
                        + " unshare -n sh -c \"echo \\$\\$ >$group/cgroup.procs; exec sleep infinity\" >/dev/null 2>&1 &"
                        + " until grep -qx $! $group/cgroup.procs; do :; done; echo $!")
                .strip();
        try {
            attempt.by(process);
        } finally {
            engine.onHost(groups + "kill " + process + "; until rmdir $group 2>/dev/null; do :; done; rmdir $top");
        }
    }

    private void isRefused(Id alone, String process) throws Exception {
        try (HelperClient client = HelperClient.connect(helper());
                HelperSession records = HelperSession.connect(helper())) {
            Answer<?> answer = client.call(plugging(alone, process, records));
            assertThat(((Answer.Refused<?>) answer).refusal().sentence())
                    .isEqualTo("The network namespace of container alone cannot be entered: " + file(process)
                            + " is the network of a process in no cgroup of " + alone);
            assertThat(records.state().specs().all()).isEmpty();
        }
    }

    private void isLetIn(Id alone, String process) throws Exception {
        try (HelperClient client = HelperClient.connect(helper());
                HelperSession records = HelperSession.connect(helper())) {
            assertThat(client.call(plugging(alone, process, records))).isInstanceOf(Answer.Granted.class);
            SpecChange removal = new SpecChange(List.of(), List.of(alone));
            assertThat(client.call(applying(removal, records))).isInstanceOf(Answer.Granted.class);
            assertThat(records.state().specs().all()).isEmpty();
        }
    }

    private static String file(String process) {
        return "/proc/" + process + "/ns/net";
    }

    private static Request.Apply plugging(Id alone, String process, HelperSession records) throws Exception {
        SandboxSpec sandbox =
                SandboxSpec.inExternalNetns(alone, "alone", Instant.EPOCH, engine.address(), file(process));
        return applying(new SpecChange(List.of(sandbox), List.of()), records);
    }

    private static Request.Apply applying(SpecChange change, HelperSession records) throws Exception {
        return new Request.Apply(
                change, records.state().revision(), "a try", ActivityKind.ACTION, 0, StopMode.GRACEFUL);
    }
}
