package dev.patchbay.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.spec.Json;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/// An IPv4-mapped address stays one of IPv6 on every way through the program.
class Ipv4MappedTest {
    private static final String TEXT = "::ffff:10.9.9.9";
    private static final InetAddress MAPPED =
            Addresses.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 9, 9, 9});

    @Test
    void bytesAndTextAreRead() {
        assertThat(MAPPED).isInstanceOf(Inet6Address.class);
        assertThat(MAPPED.getAddress()).hasSize(16);
        assertThat(Addresses.format(MAPPED)).isEqualTo(TEXT);
        assertThat(Addresses.parse(TEXT)).isEqualTo(MAPPED);
        assertThat(Addresses.parse("::ffff:a09:909")).isEqualTo(MAPPED);
        assertThat(Family.of(MAPPED)).isEqualTo(Family.IPV6);
        assertThat(Addresses.parse("10.9.9.9")).isEqualTo(InetAddress.ofLiteral("10.9.9.9"));
        assertThat(Addresses.parse("fd00::9")).isEqualTo(InetAddress.ofLiteral("fd00::9"));
    }

    @Test
    void prefixes() {
        Cidr prefix = Cidr.of("::ffff:10.0.0.0/104");
        assertThat(prefix).hasToString("::ffff:10.0.0.0/104");
        assertThat(prefix.isIpv4()).isFalse();
        assertThat(prefix.contains(MAPPED)).isTrue();
        assertThat(prefix.contains(InetAddress.ofLiteral("10.9.9.9"))).isFalse();
        assertThat(Cidr.of(TEXT + "/104").network()).isEqualTo(prefix);
        assertThat(Addresses.plus(MAPPED, 1)).isEqualTo(Addresses.parse("::ffff:10.9.9.10"));
    }

    @Test
    void throughJson() throws Exception {
        String json = Json.MAPPER.writeValueAsString(MAPPED);
        assertThat(json).isEqualTo("\"" + TEXT + "\"");
        assertThat(Json.MAPPER.readValue(json, InetAddress.class)).isEqualTo(MAPPED);
        Cidr prefix = Cidr.of(TEXT + "/128");
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(prefix), Cidr.class))
                .isEqualTo(prefix);
    }

    /// A socket of IPv6 that is bound to one hears what comes to the IPv4 address.
    @Test
    void unmapped() {
        assertThat(Addresses.unmapped(MAPPED)).isEqualTo(InetAddress.ofLiteral("10.9.9.9"));
        assertThat(Addresses.unmapped(InetAddress.ofLiteral("::a09:909"))).isInstanceOf(Inet6Address.class);
    }
}
