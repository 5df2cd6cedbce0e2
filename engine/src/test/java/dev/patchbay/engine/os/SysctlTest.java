package dev.patchbay.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class SysctlTest {

    @Test
    void writesInTheNamespaceOfTheCallingThread() throws Exception {
        String before = Sysctl.read("net.ipv4.ip_forward");
        try (Namespace other = Namespaces.create("other")) {
            String there = Namespaces.runInside(other, () -> Sysctl.read("net.ipv4.ip_forward"));
            String opposite = "1".equals(there) ? "0" : "1";
            Namespaces.runInside(other, () -> {
                Sysctl.write("net.ipv4.ip_forward", opposite);
                return 0;
            });
            assertThat(Shell.run("ip", "netns", "exec", "other", "cat", "/proc/sys/net/ipv4/ip_forward"))
                    .isEqualToIgnoringNewLines(opposite);
            assertThat(Sysctl.read("net.ipv4.ip_forward")).isEqualTo(before);
        }
        Namespaces.delete("other");
    }

    @Test
    void aSettingOfSeveralNumbersIsReadAsAWhole() throws Exception {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        String before = Shell.run("cat", range.toString());
        Files.write(range, "20000 30001\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Sysctl.read("net.ipv4.ip_local_port_range")).isEqualTo("20000\t30001");
        Files.write(range, before.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aLinksNameMayHoldADot() throws Exception {
        Shell.run("ip", "link", "add", "br0.100", "type", "bridge");
        Sysctl.write(SysctlKey.ROUTE_LOCALNET.of("br0.100"), "1");
        assertThat(Shell.run("cat", "/proc/sys/net/ipv4/conf/br0.100/route_localnet"))
                .isEqualToIgnoringNewLines("1");
        // sysctl's own dotted form of the same
        assertThat(Sysctl.read("net.ipv4.conf.br0/100.route_localnet")).isEqualTo("1");
        Shell.run("ip", "link", "delete", "br0.100");
    }

    @Test
    void aSettingThatIsNotThereReadsAsNullAndCannotBeWritten() throws Exception {
        assertThat(Sysctl.read("net.ipv4.no_such_setting")).isNull();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Sysctl.write("net.ipv4.no_such_setting", "1"))
                .withMessage("set sysctl net.ipv4.no_such_setting=1: this kernel has no such setting")
                .returns(Errno.ENOENT, EngineException::errno);
    }

    @Test
    void aValueTheKernelRefusesIsAFailure() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Sysctl.write("net.ipv4.ip_forward", "yes"))
                .withMessageContaining("Invalid argument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "net..ipv4", "net/../../self/environ", "/etc/passwd", "net/./ipv4", "../x"})
    void aKeyThatLeadsElsewhereIsAMistake(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sysctl.read(key));
    }

    /// As a link's name they would make a setting of one bridge one of every link.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "net/ipv4/conf/all/route_localnet",
                "net.ipv4.conf.all.route_localnet",
                "net/ipv4/conf/default/route_localnet",
                "net/ipv6/conf/all/accept_ra",
                "net.ipv4.neigh.default.proxy_delay"
            })
    void aSettingOfEveryLinkIsNotWritten(String key) throws Exception {
        String before = Sysctl.read(key);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Sysctl.write(key, "1".equals(before) ? "0" : "1"))
                .withMessageContaining("it is not a setting of one link");
        assertThat(Sysctl.read(key)).isEqualTo(before);
    }
}
