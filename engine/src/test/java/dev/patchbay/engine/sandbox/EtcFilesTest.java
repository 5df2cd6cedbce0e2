package dev.patchbay.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Docker 20.10's texts, with the gateways in the place of 127.0.0.11.
class EtcFilesTest {
    private static final ResolvConf HOST = new ResolvConf(List.of(
            "# by hand",
            "search old.test",
            "search corp.test example.test ; the last one counts",
            "nameserver 127.0.0.53",
            "nameserver 192.0.2.53",
            "options edns0 trust-ad"));

    @Test
    void withoutNamesTheHostsFileIsCopiedButForItsLoopback() {
        assertThat(resolvConf(HostSettings.DEFAULT)).isEqualTo("""
                # by hand
                search old.test
                search corp.test example.test ; the last one counts
                nameserver 192.0.2.53
                options edns0 trust-ad
                """);
        assertThat(files(HostSettings.DEFAULT).resolvConf(new ResolvConf(List.of("nameserver 127.0.0.1"))))
                .isEmpty();
    }

    @Test
    void withNamesTheGatewaysAreTheServersAndTheRestIsTheHosts() {
        assertThat(resolvConf(HostSettings.DEFAULT, "172.18.0.1", "172.19.0.1")).isEqualTo("""
                search corp.test example.test
                nameserver 172.18.0.1
                nameserver 172.19.0.1
                options edns0 trust-ad ndots:0
                """);
    }

    @Test
    void whatThePersonSaysReplacesTheHostsPartByPart() {
        HostSettings own = settings(List.of("192.0.2.1"), List.of("own.test"), List.of("ndots:3", "rotate"));

        assertThat(resolvConf(own)).isEqualTo("""
                search own.test
                nameserver 192.0.2.1
                options ndots:3 rotate
                """);
        assertThat(resolvConf(own, "172.18.0.1")).isEqualTo("""
                search own.test
                nameserver 172.18.0.1
                options ndots:3 rotate
                """);
        assertThat(resolvConf(settings(List.of(), List.of("."), List.of()))).isEqualTo("""
                nameserver 127.0.0.53
                nameserver 192.0.2.53
                options edns0 trust-ad
                """);
    }

    @Test
    void hostsHasTheFullNameAndTheShortOne() {
        assertThat(hosts("web", "")).endsWith("\n172.18.0.2\tweb\n");
        assertThat(hosts("web", "corp.test")).endsWith("\n172.18.0.2\tweb.corp.test web\n");
        assertThat(hosts("web.corp.test", "")).endsWith("\n172.18.0.2\tweb.corp.test web\n");
    }

    @Test
    void extraHostsComeBeforeItsOwnAndTheHostItselfIsTheDefaultGateway() {
        HostSettings settings = new HostSettings(
                HostSettings.DEFAULT.restart(),
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new ExtraHost("cache", InetAddress.ofLiteral("fd00::9")),
                        new ExtraHost("host.docker.internal", null)));

        assertThat(files(settings).hosts(""))
                .endsWith("ip6-allrouters\nfd00::9\tcache\n172.17.0.1\thost.docker.internal\n172.18.0.2\tweb\n");
    }

    @Test
    void onTheHostsNetworkTheFilesAreTheHosts() {
        EtcFiles files = new EtcFiles("host", "", HostSettings.DEFAULT, List.of(), List.of(), null, true);

        assertThat(files.hosts("127.0.1.1\thost\n")).isEqualTo("127.0.1.1\thost\n");
        assertThat(files.resolvConf(HOST)).contains("nameserver 127.0.0.53\n");
    }

    private static HostSettings settings(List<String> dns, List<String> search, List<String> options) {
        return new HostSettings(
                HostSettings.DEFAULT.restart(),
                false,
                false,
                dns.stream().map(InetAddress::ofLiteral).toList(),
                search,
                options,
                List.of());
    }

    private static String resolvConf(HostSettings settings, String... gateways) {
        return files(settings, gateways).resolvConf(HOST);
    }

    private static EtcFiles files(HostSettings settings, String... gateways) {
        return new EtcFiles(
                "web",
                "",
                settings,
                List.of(InetAddress.ofLiteral("172.18.0.2")),
                Stream.of(gateways).map(InetAddress::ofLiteral).toList(),
                InetAddress.ofLiteral("172.17.0.1"),
                false);
    }

    private static String hosts(String hostname, String domain) {
        return new EtcFiles(
                        hostname,
                        domain,
                        HostSettings.DEFAULT,
                        List.of(InetAddress.ofLiteral("172.18.0.2")),
                        List.of(),
                        null,
                        false)
                .hosts("");
    }
}
