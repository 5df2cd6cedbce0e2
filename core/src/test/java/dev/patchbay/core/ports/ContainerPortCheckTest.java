package dev.patchbay.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerPortCheckTest {
    private static Listener listener(Protocol protocol, String address, int port) {
        return new Listener(protocol, InetAddress.ofLiteral(address), port, 12, "httpd");
    }

    private static String note(String ports, Listener... listeners) throws Exception {
        PortMapping mapping = PortArgument.mapping(ports);
        return ContainerPortCheck.note("web", mapping, List.of(listeners)).orElse("");
    }

    @Test
    void aPortOnWhichAProcessListensNeedsNoNote() throws Exception {
        assertThat(note("8080:80", listener(Protocol.TCP, "::", 80))).isEmpty();
        assertThat(note("8080:80", listener(Protocol.TCP, "127.0.0.1", 80), listener(Protocol.TCP, "172.17.0.2", 80)))
                .isEmpty();
    }

    @Test
    void portsWithoutAProcessAreNamed() throws Exception {
        assertThat(note("8080:80"))
                .isEqualTo("nothing listens on 80/tcp in web: the published port answers when a process there does");
        assertThat(note("8080:80/udp", listener(Protocol.TCP, "::", 80)))
                .startsWith("nothing listens on 80/udp in web");
        assertThat(note("8080-8082:80-82", listener(Protocol.TCP, "::", 81)))
                .startsWith("nothing listens on 80/tcp, 82/tcp in web");
        assertThat(note("8080:80/sctp")).isEmpty();
    }

    @Test
    void aProcessThatListensOnTheLoopbackAloneIsNamed() throws Exception {
        assertThat(note("8080:80", listener(Protocol.TCP, "127.0.0.1", 80)))
                .isEqualTo("httpd (pid 12) listens on 80/tcp in web only at 127.0.0.1:"
                        + " the published port answers when it listens on every address");
    }
}
