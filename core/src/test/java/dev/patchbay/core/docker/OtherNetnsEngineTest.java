package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.testing.TestHelper;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A real engine behind a socket of this machine that runs in a network of its own, as one in a virtual machine does:
/// what needs its kernel is refused, and nothing is started here for it.
class OtherNetnsEngineTest extends RealEngineTest {
    /// A table that stays when its last rule has gone.
    @BeforeAll
    static void makeTheTable() {
        engine.onHost("iptables -t raw -A OUTPUT -j ACCEPT; iptables -t raw -D OUTPUT -j ACCEPT");
    }

    @Test
    void whatNeedsTheKernelIsRefusedBeforeAnythingIsStarted() throws Exception {
        engine.docker("run", "-d", "--name", "web", IMAGE);
        Path home = directory.resolve("here");
        Machine here = new Machine(StateDirectory.ofMachine(home), HelperCommand.ofThisProgram(), List.of());
        assertThat(here.linkNames()).contains("lo").doesNotContain("docker0");
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(here), progress::add)) {
            nothingOfItsKernelIsOurs(seeing);
            assertThat(seeing.repair(true)).isEmpty();
            seeing.watch(_ -> {}, _ -> {}).close();
            assertThat(container(seeing.topology(), "web").running()).isTrue();
        }
        assertThat(here.running()).isEmpty();
        assertThat(home).doesNotExist();
    }

    /// As an engine from a snap, which has mounts of its own.
    @Test
    void aContainerIsAttachedWhereTheFilesOfItsEngineAreNotVisible() throws Exception {
        engine.docker("run", "-d", "--name", "web", IMAGE);
        List<String> inside = new ArrayList<>(engine.joining());
        inside.addAll(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c"));
        inside.addAll(List.of("mount -t tmpfs none /run/docker && exec \"$@\"", "sh"));
        Machine there = new Machine(
                StateDirectory.ofMachine(directory.resolve("mounts")), TestHelper.command(directory), inside);
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(there), progress::add)) {
            ok(seeing.apply(Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY)));
            ok(seeing.apply(new Change.Connect("web", EndpointRequest.on("lane"))));
            assertThat(engine.onHost("docker -H " + engine.address() + " exec web ip -o address show pb0"))
                    .contains("10.78.0.2/24");
            answers();
            assertThat(seeing.repair(true)).isEmpty();
            engine.docker("restart", "-t", "1", "web");
            answers();
            ok(seeing.apply(new Change.Disconnect("lane", "web")));
            assertThat(engine.onHost("docker -H " + engine.address() + " exec web ip -o link"))
                    .doesNotContain("pb0");
            ok(seeing.apply(new Change.RemoveNetwork("lane")));
        } finally {
            there.down();
        }
        assertThat(engine.onHost("ip -o link | cut -d: -f2")).doesNotContain("pb");
    }

    private static void answers() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("curl -s --max-time 3 http://10.78.0.2/ || true"))
                        .contains("It works!"));
    }

    @Test
    void whereItRunsTheLinksAreThoseOfItsKernel() throws Exception {
        Machine there = engine.machine(directory);
        assertThat(there.linkNames())
                .containsExactlyInAnyOrderElementsOf(engine.onHost("ls /proc/sys/net/ipv4/conf")
                        .lines()
                        .filter(name -> !name.equals("all") && !name.equals("default"))
                        .toList());
    }
}
