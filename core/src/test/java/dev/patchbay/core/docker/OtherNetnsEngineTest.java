package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A real engine behind a socket of this machine that runs in a network of its own, as one in a virtual machine does:
/// what needs its kernel is refused, and nothing is started here for it.
class OtherNetnsEngineTest extends RealEngineTest {
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
