package dev.patchbay.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PrivateNamespace.class)
class PrivateNamespaceTest {

    @Test
    void holdsNothingButTheLoopback() throws Exception {
        assertThat(Shell.json("ip", "-j", "link").findValuesAsText("ifname")).containsExactly("lo");
        assertThat(Shell.json("ip", "-j", "link").get(0).get("flags").toString())
                .contains("\"UP\"");
    }

    @Test
    void isUsedAsRoot() throws Exception {
        Shell.run("ip", "link", "add", "br0", "type", "bridge");
        Shell.run("iptables", "-t", "nat", "-L");
        Shell.run("ip", "link", "delete", "br0");
    }

    @Test
    void hasItsOwnProcessesAndRunDirectory() throws Exception {
        assertThat(Files.readAllLines(Path.of("/proc/self/mounts"))).anyMatch(line -> line.startsWith("tmpfs /run "));
        assertThat(ProcessHandle.current().pid()).isLessThan(1000);
    }
}
