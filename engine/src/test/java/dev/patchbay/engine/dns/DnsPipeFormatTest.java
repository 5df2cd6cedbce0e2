package dev.patchbay.engine.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.engine.Id;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsPipeFormatTest {
    private static final DnsChange CHANGE = new DnsChange(
            List.of(
                    new ServedNetwork(
                            Id.random(),
                            "shop, with\nwhat nobody\texpects: ü",
                            List.of(InetAddress.ofLiteral("172.18.0.1"), InetAddress.ofLiteral("fd00::1"))),
                    new NetworkMember(
                            Id.random(),
                            Id.random(),
                            Id.random(),
                            List.of(InetAddress.ofLiteral("172.18.0.2")),
                            List.of("web01", "www"),
                            true,
                            List.of(InetAddress.ofLiteral("192.0.2.53")),
                            true)),
            List.of(Id.random(), Id.random()));

    @Test
    void aChangeArrivesAsItWasSent() throws Exception {
        byte[] bytes = bytes();

        assertThat(DnsPipeFormat.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isEqualTo(CHANGE);
    }

    @Test
    void oneThatIsCutShortIsAnEnd() throws Exception {
        byte[] bytes = bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> DnsPipeFormat.read(new DataInputStream(new ByteArrayInputStream(cut))))
                    .isInstanceOf(IOException.class);
        }
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DnsPipeFormat.write(CHANGE, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
