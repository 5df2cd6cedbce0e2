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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class SysctlTest {
    private static final SysctlName FORWARD = SysctlKey.IP_FORWARD.ofNamespace();

    @Test
    void writesInTheNamespaceOfTheCallingThread() throws Exception {
        String before = Sysctl.read(FORWARD);
        try (Namespace other = Namespaces.create("other")) {
            String there = Namespaces.runInside(other, () -> Sysctl.read(FORWARD));
            String opposite = "1".equals(there) ? "0" : "1";
            Namespaces.runInside(other, () -> {
                FORWARD.to(opposite).write();
                return 0;
            });
            assertThat(Shell.run("ip", "netns", "exec", "other", "cat", "/proc/sys/net/ipv4/ip_forward"))
                    .isEqualToIgnoringNewLines(opposite);
            assertThat(Sysctl.read(FORWARD)).isEqualTo(before);
        }
        Namespaces.delete("other");
    }

    @Test
    void aSettingOfSeveralNumbersIsReadAsAWhole() throws Exception {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        String before = Shell.run("cat", range.toString());
        Files.write(range, "20000 30001\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Sysctl.read(SysctlKey.IP_LOCAL_PORT_RANGE.ofNamespace())).isEqualTo("20000\t30001");
        Files.write(range, before.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aLinksNameMayHoldADot() throws Exception {
        Shell.run("ip", "link", "add", "br0.100", "type", "bridge");
        SysctlKey.ROUTE_LOCALNET.of("br0.100").to("1").write();
        assertThat(Shell.run("cat", "/proc/sys/net/ipv4/conf/br0.100/route_localnet"))
                .isEqualToIgnoringNewLines("1");
        assertThat(Sysctl.read(SysctlKey.ROUTE_LOCALNET.of("br0.100"))).isEqualTo("1");
        assertThat(SysctlKey.ROUTE_LOCALNET.of("br0.100").to("1").commandLine())
                .isEqualTo("sysctl -w net/ipv4/conf/br0.100/route_localnet=1");
        Shell.run("ip", "link", "delete", "br0.100");
    }

    @Test
    void aSettingThatIsNotThereReadsAsNullAndCannotBeWritten() throws Exception {
        assertThat(Sysctl.read(SysctlKey.ROUTE_LOCALNET.of("gone0"))).isNull();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> SysctlKey.ROUTE_LOCALNET.of("gone0").to("1").write())
                .withMessage("set sysctl net/ipv4/conf/gone0/route_localnet=1: this kernel has no such setting")
                .returns(Errno.ENOENT, EngineException::errno);
    }

    @Test
    void aValueTheKernelRefusesIsAFailure() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> FORWARD.to("yes").write())
                .withMessageContaining("Invalid argument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../../../self/environ", "/etc/passwd", "../x"})
    void aLinkThatLeadsElsewhereIsAMistake(String link) {
        assertThatIllegalArgumentException().isThrownBy(() -> SysctlKey.ROUTE_LOCALNET.of(link));
    }

    @Test
    void aSettingOfTheNamespaceHasNoLink() {
        assertThatIllegalArgumentException().isThrownBy(() -> SysctlKey.IP_FORWARD.of("eth0"));
        assertThatIllegalArgumentException().isThrownBy(SysctlKey.ACCEPT_RA::ofNamespace);
        assertThat(SysctlKey.IPV6_FORWARDING.ofNamespace()).hasToString("net.ipv6.conf.all.forwarding");
    }

    /// As a link's name they would make a setting of one bridge one of every link.
    @ParameterizedTest
    @CsvSource({"ROUTE_LOCALNET, all", "ROUTE_LOCALNET, default", "ACCEPT_RA, all", "DISABLE_IPV6, default"})
    void aSettingOfEveryLinkIsNotWritten(SysctlKey key, String link) throws Exception {
        String before = Sysctl.read(key.of(link));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(
                        () -> key.of(link).to("1".equals(before) ? "0" : "1").write())
                .withMessageContaining("it is not a setting of one link");
        assertThat(Sysctl.read(key.of(link))).isEqualTo(before);
    }
}
