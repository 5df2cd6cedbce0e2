package dev.patchbay.core.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SshAddressTest {
    private static SshAddress of(String address) {
        return SshAddress.of(address).orElseThrow();
    }

    @Test
    void partsThatAreLeftOutAreSshsOwn() {
        assertThat(of("ssh://far")).isEqualTo(new SshAddress("", "far", "", ""));
        assertThat(of("ssh://far/").sshArguments()).isEqualTo(List.of("--", "far", "docker", "system", "dial-stdio"));
        assertThat(of("ssh://me@my_host:2222").sshArguments())
                .isEqualTo(List.of("-l", "me", "-p", "2222", "--", "my_host", "docker", "system", "dial-stdio"));
        assertThat(of("ssh://me@my_host:2222").loginCommand()).isEqualTo("ssh -p 2222 me@my_host");
        assertThat(of("ssh://[2001:db8::7]:22").host()).isEqualTo("2001:db8::7");
    }

    @Test
    void nothingInItIsAnOptionOrAnotherCommand() {
        assertThat(of("ssh://-oProxyCommand=reboot/x'y").sshArguments())
                .isEqualTo(List.of(
                        "--",
                        "-oProxyCommand=reboot",
                        "docker",
                        "--host",
                        "'unix:///x'\\''y'",
                        "system",
                        "dial-stdio"));
    }

    @Test
    void whatIsNoAddressIsNone() {
        for (String address : List.of(
                "ssh://",
                "ssh:far",
                "ssh://me:secret@far",
                "ssh://far:port",
                "ssh://far?x",
                "ssh://a b",
                "tcp://far")) {
            assertThat(SshAddress.of(address)).as(address).isEmpty();
        }
    }
}
