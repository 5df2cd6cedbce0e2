package dev.patchbay.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes of a test, each in a namespace of its own; nothing of them is left when it ends.
@ExtendWith(PrivateNamespace.class)
abstract class SandboxFixture {
    @TempDir
    Path directory;

    WorkloadLauncher workloads;
    List<SandboxSpec> made;
    List<String> processesBefore;

    @BeforeEach
    void startWithNothing() {
        workloads = new WorkloadLauncher(directory);
        made = new ArrayList<>();
        processesBefore = otherProcesses();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (SandboxSpec sandbox : made) {
            if (workloads.adopt(sandbox) instanceof Adoption.Running(SupervisedWorkload workload)) {
                ended(workload.kill());
            }
            workloads.remove(sandbox);
            Shell.run("ip", "netns", "delete", sandbox.netnsName());
        }
        await().untilAsserted(() -> assertThat(otherProcesses()).isEqualTo(processesBefore));
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("pb-", directory.toString());
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("init.sh", "supervise.sh");
        }
    }

    SandboxSpec sandbox(String name, Workload workload) throws Exception {
        SandboxSpec sandbox = new SandboxSpec(
                Id.random(),
                name,
                Instant.EPOCH,
                "host",
                workload,
                List.of(),
                name,
                "",
                List.of(),
                List.of(),
                Map.of(),
                false,
                false,
                "none",
                HostSettings.DEFAULT,
                Id.random(),
                Id.random(),
                true,
                false);
        made(sandbox);
        return sandbox;
    }

    void made(SandboxSpec sandbox) throws Exception {
        Shell.run("ip", "netns", "add", sandbox.netnsName());
        Shell.run("ip", "-n", sandbox.netnsName(), "link", "set", "lo", "up");
        workloads.prepareFiles(sandbox, etc(sandbox));
        made.add(sandbox);
    }

    static Workload command(String... words) {
        return new Workload.Command(List.of(words));
    }

    SupervisedWorkload start(SandboxSpec sandbox) throws EngineException {
        return switch (workloads.start(sandbox)) {
            case WorkloadStart.Running(SupervisedWorkload workload) -> workload;
            case WorkloadStart.Failed failed -> throw new AssertionError(failed);
        };
    }

    ProcessIdentity supervisorOf(SandboxSpec sandbox) throws EngineException {
        return new SandboxFiles(directory.resolve(sandbox.id().shortForm()))
                .supervisor()
                .orElseThrow();
    }

    static EtcFiles etc(SandboxSpec box, String... addresses) {
        return new EtcFiles(
                box.hostname(),
                box.domainname(),
                box.settings(),
                Stream.of(addresses).map(InetAddress::ofLiteral).toList(),
                List.of(),
                null,
                false);
    }

    static int ended(CompletionStage<Integer> exit) throws Exception {
        return exit.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    static String inside(SandboxSpec sandbox, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", sandbox.netnsName()));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).start();
        return new String(process.getInputStream().readAllBytes());
    }

    static String inSandbox(SupervisedWorkload workload, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("nsenter", "-t", Long.toString(workload.pid()), "-m"));
        line.addAll(List.of(words));
        return Shell.run(line.toArray(String[]::new));
    }

    static List<String> otherProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().isPresent())
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .sorted()
                .toList();
    }
}
