package dev.patchbay.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadLauncherTest extends SandboxFixture {
    private static final StopMode PATIENTLY = new StopMode(StopMode.SIGTERM, 30);

    private static final String HOSTS_OF_NOBODY = """
        127.0.0.1\tlocalhost
        ::1\tlocalhost ip6-localhost ip6-loopback
        fe00::0\tip6-localnet
        ff00::0\tip6-mcastprefix
        ff02::1\tip6-allnodes
        ff02::2\tip6-allrouters
        """;

    @Test
    void theBuiltInServerAnswersItWorks() throws Exception {
        SandboxSpec web = sandbox("web", new Workload.Web());
        SupervisedWorkload workload = start(web);

        String page = await().until(
                        () -> inside(web, "busybox", "wget", "-q", "-O-", "http://127.0.0.1/"), p -> !p.isEmpty());

        assertThat(page).isEqualTo("<html><body><h1>It works!</h1></body></html>\n");
        assertThat(ended(workload.stop(PATIENTLY, signal -> {}))).isZero();
    }

    @Test
    void aCommandSeesOnlyItsOwnNamespaces() throws Exception {
        SandboxSpec box = sandbox(
                "box1",
                command(
                        "sh",
                        "-c",
                        "hostname; cat /etc/hostname; echo $$; "
                                + "ls /sys/class/net; ls /run/netns 2>/dev/null; ls -d /proc/[0-9]*; pwd; umask; "
                                + "grep NoNewPrivs /proc/self/status"));
        ended(start(box).exit());

        assertThat(Files.readString(workloads.log(box)).lines().toList())
                .containsSubsequence("box1", "box1", "1", "lo", "/proc/1", "/", "0022", "NoNewPrivs:\t1")
                .doesNotContain("pb-" + box.namespaceId().shortForm(), "eth0");
        assertThat(Shell.run("hostname").strip()).isNotEqualTo("box1");
    }

    @Test
    void theEnvironmentIsDockersAndNothingElse() throws Exception {
        SandboxSpec box = new SandboxSpec(
                Id.random(),
                "box",
                Instant.EPOCH,
                "host",
                command("env", "-0"),
                List.of(),
                "box",
                "",
                List.of("A=one two", "MULTI=first\n=second\n+third\n", "my.dot=1", "-x=$(id)", "EMPTY="),
                List.of(),
                Map.of(),
                true,
                false,
                "none",
                HostSettings.DEFAULT,
                Id.random(),
                Id.random(),
                true,
                false);
        made(box);
        ended(start(box).exit());

        assertThat(Files.readString(workloads.log(box)).split("\0"))
                .containsExactly(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOSTNAME=box",
                        "TERM=xterm",
                        "A=one two",
                        "MULTI=first\n=second\n+third\n",
                        "my.dot=1",
                        "-x=$(id)",
                        "EMPTY=",
                        "HOME=/root");
    }

    @Test
    void wordsArriveAsTheyWereWritten() throws Exception {
        SandboxSpec box = sandbox("box", command("printf", "%s|", "$(id)", "'\"", "a b", "-n", "", "x=y", "\n*"));
        ended(start(box).exit());

        assertThat(Files.readString(workloads.log(box))).isEqualTo("$(id)|'\"|a b|-n||x=y|\n*|");
    }

    @Test
    void hostsFollowConnectAndDisconnectWhileItRuns() throws Exception {
        SandboxSpec box = sandbox("web01", command("sleep", "infinity"));
        SupervisedWorkload workload = start(box);
        assertThat(inSandbox(workload, "cat", "/etc/hosts")).isEqualTo(HOSTS_OF_NOBODY);

        workloads.prepareFiles(box, etc(box, "172.17.0.2", "172.18.0.2"));
        assertThat(inSandbox(workload, "cat", "/etc/hosts"))
                .isEqualTo(HOSTS_OF_NOBODY + "172.17.0.2\tweb01\n172.18.0.2\tweb01\n");

        workloads.prepareFiles(box, etc(box, "172.18.0.2"));
        assertThat(inSandbox(workload, "cat", "/etc/hosts")).isEqualTo(HOSTS_OF_NOBODY + "172.18.0.2\tweb01\n");
        assertThat(inSandbox(workload, "cat", "/etc/hostname")).isEqualTo("web01\n");
        assertThat(Files.readString(Path.of("/etc/hosts"))).doesNotContain("web01");
    }

    @Test
    void exitCodesAreThoseOfTheCommand() throws Exception {
        assertThat(ended(start(sandbox("a", command("sh", "-c", "exit 42"))).exit()))
                .isEqualTo(42);
        assertThat(ended(start(sandbox("b", command("true"))).exit())).isZero();
    }

    @Test
    void aCommandThatMindsTermEndsAtOnceAndOneThatDoesNotIsKilled() throws Exception {
        SandboxSpec polite = sandbox("polite", command("sh", "-c", "trap 'exit 143' TERM; echo up; sleep 600 & wait"));
        SupervisedWorkload politely = start(polite);
        await().until(() -> Files.readString(workloads.log(polite)).contains("up"));
        assertThat(ended(politely.stop(PATIENTLY, signal -> {}))).isEqualTo(143);

        assertThat(ended(start(sandbox("deaf", command("sleep", "600"))).stop(PATIENTLY, signal -> {})))
                .isEqualTo(137);
        assertThat(ended(start(sandbox("killed", command("sleep", "600"))).kill()))
                .isEqualTo(137);
    }

    @Test
    void aStopRightAfterAStartIsHeard() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(ended(start(sandbox("web" + i, new Workload.Web())).stop(PATIENTLY, signal -> {})))
                    .isZero();
            Workload polite = command("sh", "-c", "trap 'exit 43' TERM; sleep 600 & wait");
            assertThat(ended(start(sandbox("polite" + i, polite)).stop(PATIENTLY, signal -> {})))
                    .isEqualTo(43);
        }
    }

    @ParameterizedTest
    @CsvSource({"HUP, 1", "USR1, 10", "TERM, 15"})
    void anySignalRightAfterAStartIsHeard(String name, int signal) throws Exception {
        for (int i = 0; i < 5; i++) {
            Workload minding = command("sh", "-c", "trap 'exit 44' " + name + "; sleep 600 & wait");
            SupervisedWorkload workload = start(sandbox("minding" + i, minding));
            List<Integer> sent = new ArrayList<>();
            assertThat(workload.signal(signal, sent::add)).isTrue();
            assertThat(sent).containsExactly(signal);
            assertThat(ended(workload.exit())).isEqualTo(44);
        }
        SupervisedWorkload deaf = start(sandbox("deaf", command("sleep", "600")));
        assertThat(deaf.signal(signal, _ -> {})).isTrue();
        assertThat(ended(deaf.kill())).isEqualTo(137);
    }

    @Test
    void aCommandThatCannotBeRunIsRefusedInDockersWords() throws Exception {
        assertThat(workloads.start(sandbox("a", command("nosuch"))))
                .isEqualTo(new WorkloadStart.Failed(127, "exec: \"nosuch\": executable file not found in $PATH"));
        assertThat(workloads.start(sandbox("b", command("/no/such"))))
                .isEqualTo(
                        new WorkloadStart.Failed(127, "exec: \"/no/such\": stat /no/such: no such file or directory"));
        assertThat(workloads.start(sandbox("c", command("/etc/passwd"))))
                .isEqualTo(new WorkloadStart.Failed(126, "exec: \"/etc/passwd\": permission denied"));
        assertThat(workloads.start(sandbox("d", command(""))))
                .isEqualTo(new WorkloadStart.Failed(127, "exec: \"\": executable file not found in $PATH"));
    }

    @Test
    void aMissingNamespaceIsAFailureWithItsReason() throws Exception {
        SandboxSpec box = sandbox("box", command("true"));
        Shell.run("ip", "netns", "delete", box.netnsName());
        assertThatThrownBy(() -> workloads.start(box))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(box.netnsName());
        Shell.run("ip", "netns", "add", box.netnsName());
    }

    @Test
    void openStandardInputNeverEnds() throws Exception {
        SandboxSpec box = new SandboxSpec(
                Id.random(),
                "box",
                Instant.EPOCH,
                "host",
                command("cat"),
                List.of(),
                "box",
                "",
                List.of(),
                List.of(),
                Map.of(),
                true,
                true,
                "none",
                HostSettings.DEFAULT,
                Id.random(),
                Id.random(),
                true,
                false);
        made(box);
        SupervisedWorkload workload = start(box);
        Files.writeString(directory.resolve(box.id().shortForm()).resolve("stdin"), "hello\n");

        await().until(() -> Files.readString(workloads.log(box)).equals("hello\n"));
        assertThat(workload.exit().toCompletableFuture()).isNotDone();
    }

    @Test
    void anotherHelperAdoptsWhatRuns() throws Exception {
        SandboxSpec box = sandbox("box", command("sh", "-c", "trap 'exit 7' TERM; echo up; sleep 600 & wait"));
        SupervisedWorkload first = start(box);
        await().until(() -> Files.readString(workloads.log(box)).contains("up"));

        Adoption adoption = new WorkloadLauncher(directory).adopt(box);

        assertThat(adoption).isInstanceOf(Adoption.Running.class);
        SupervisedWorkload adopted = ((Adoption.Running) adoption).workload();
        assertThat(adopted.pid()).isEqualTo(first.pid());
        assertThat(adopted.startedAt()).isEqualTo(first.startedAt());
        assertThat(ended(adopted.stop(PATIENTLY, signal -> {}))).isEqualTo(7);
    }

    @Test
    void anotherHelperLearnsTheExitCodeOfWhatEnded() throws Exception {
        SandboxSpec box = sandbox("box", command("sh", "-c", "exit 3"));
        assertThat(new WorkloadLauncher(directory).adopt(box)).isEqualTo(new Adoption.NotFound());
        ended(start(box).exit());

        assertThat(new WorkloadLauncher(directory).adopt(box))
                .isInstanceOfSatisfying(
                        Adoption.Ended.class,
                        ended -> assertThat(ended.exitCode()).isEqualTo(3));
    }

    @Test
    void aCommandInAnotherNamespaceThanRecordedIsAStray() throws Exception {
        SandboxSpec box = sandbox("box", command("sleep", "600"));
        SupervisedWorkload workload = start(box);

        assertThat(workloads.adopt(box.withNewRun())).isInstanceOf(Adoption.WrongNetns.class);
        ended(workload.kill());
    }

    @Test
    void aCommandOutlivesItsSupervisor() throws Exception {
        SandboxSpec box = sandbox("box", command("sleep", "600"));
        SupervisedWorkload workload = start(box);
        ProcessIdentity supervisor = supervisorOf(box);
        supervisor.kill();
        await().until(() -> !supervisor.isAlive());

        assertThat(workload.exit().toCompletableFuture()).isNotDone();
        assertThat(ended(workload.kill())).isEqualTo(SupervisedWorkload.UNKNOWN_EXIT);
    }

    /// Somebody stopped the supervisor, as a debugger or a `kill -STOP` does: it does not reap its command then.
    @Test
    void aCommandEndsAlthoughItsSupervisorIsStopped() throws Exception {
        SandboxSpec killed = sandbox("killed", command("sleep", "600"));
        SandboxSpec asked = sandbox("asked", command("sh", "-c", "trap 'exit 7' TERM; while :; do sleep 0.1; done"));
        SandboxSpec ending = sandbox("ending", command("sh", "-c", "trap 'exit 8' HUP; while :; do sleep 0.1; done"));
        SupervisedWorkload one = start(killed);
        SupervisedWorkload two = start(asked);
        SupervisedWorkload three = start(ending);
        for (SandboxSpec sandbox : List.of(killed, asked, ending)) {
            ProcessIdentity supervisor = supervisorOf(sandbox);
            supervisor.signal(19);
            await().until(supervisor::isStopped);
        }
        assertThat(ended(one.kill())).isEqualTo(137);
        assertThat(ended(two.stop(StopMode.GRACEFUL, _ -> {}))).isEqualTo(7);
        assertThat(three.signal(1, _ -> {})).isTrue();
        assertThat(ended(three.exit())).isEqualTo(8);
    }

    @Test
    void anotherHelperLearnsTheExitCodeThatAStoppedSupervisorHolds() throws Exception {
        SandboxSpec box = sandbox("box", command("sh", "-c", "trap 'exit 9' HUP; while :; do sleep 0.1; done"));
        SupervisedWorkload workload = start(box);
        ProcessIdentity supervisor = supervisorOf(box);
        supervisor.signal(19);
        await().until(supervisor::isStopped);
        workload.signal(1, _ -> {});
        await().until(() -> ProcessIdentity.of(workload.pid()).isEmpty());
        assertThat(new WorkloadLauncher(directory).adopt(box.withNewRun()))
                .isInstanceOfSatisfying(
                        Adoption.Ended.class, end -> assertThat(end.exitCode()).isEqualTo(9));
        assertThat(supervisor.isAlive()).isFalse();
    }

    /// Its pid namespace ends only when all of its processes are reaped, and this one's parent is elsewhere.
    @Test
    void aCommandThatCannotEndIsAFailureAndNoEndlessWait() throws Exception {
        SandboxSpec box = sandbox("box", command("sleep", "600"));
        SupervisedWorkload workload = start(box);
        Process guest = new ProcessBuilder(
                        "nsenter", "-t", Long.toString(workload.pid()), "--pid", "--", "sleep", "600")
                .start();
        try {
            await().until(() -> guest.children().findFirst().isPresent());
            ProcessIdentity parent = ProcessIdentity.of(guest.pid()).orElseThrow();
            parent.signal(19);
            await().until(parent::isStopped);
            assertThatThrownBy(() -> ended(workload.kill()))
                    .hasMessageContaining("process " + workload.pid() + " does not end although it was killed");
            assertThat(workload.exit().toCompletableFuture()).isNotDone();
            parent.signal(18);
            assertThat(ended(workload.exit())).isEqualTo(137);
        } finally {
            guest.descendants().forEach(ProcessHandle::destroyForcibly);
            guest.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRunningSandboxIsNeitherStartedTwiceNorRemoved() throws Exception {
        SandboxSpec box = sandbox("box", command("sleep", "600"));
        start(box);
        assertThatThrownBy(() -> workloads.start(box)).hasMessageContaining("it is running");
        assertThatThrownBy(() -> workloads.remove(box)).hasMessageContaining("it is running");
    }
}
