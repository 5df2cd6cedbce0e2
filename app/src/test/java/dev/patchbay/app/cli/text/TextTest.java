package dev.patchbay.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void columnsAreAsWideAsDockers() {
        assertThat(TextTable.lines(List.of(
                        List.of("NETWORK ID", "NAME", "DRIVER", "SCOPE"),
                        List.of("26c284bd6f69", "bridge", "bridge", "local"),
                        List.of("b418729dbb1d", "none", "null", "local"))))
                .containsExactly(
                        "NETWORK ID     NAME      DRIVER    SCOPE",
                        "26c284bd6f69   bridge    bridge    local",
                        "b418729dbb1d   none      null      local");
    }

    @ParameterizedTest
    @CsvSource({
        "0,Less than a second",
        "1,1 second",
        "59,59 seconds",
        "60,About a minute",
        "119,About a minute",
        "120,2 minutes",
        "3599,59 minutes",
        "3600,About an hour",
        "5399,About an hour",
        "5400,2 hours",
        "169200,47 hours",
        "172800,2 days",
        "1206000,13 days",
        "1209600,2 weeks",
        "5184000,2 months",
        "31536000,12 months",
        "63072000,2 years"
    })
    void durationsAreInDockersWords(long seconds, String words) {
        assertThat(HumanDuration.of(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @Test
    void aLongCommandIsCutToTwentyCharacters() {
        assertThat(GoText.quote(GoText.ellipsis("httpd-foreground", 20))).isEqualTo("\"httpd-foreground\"");
        assertThat(GoText.quote(GoText.ellipsis("sh -c 'echo \"hi\"' again and again", 20)))
                .isEqualTo("\"sh -c 'echo \\\"hi\\\"' a…\"");
    }

    // What `docker ps` 20.10 printed for the same mappings.
    @Test
    void neighbouringPortsBecomeARange() {
        assertThat(PortsColumn.of(container(
                        List.of(),
                        binding("127.0.0.1", 7002, 7002, Protocol.TCP),
                        binding("127.0.0.1", 8090, 80, Protocol.UDP),
                        binding("127.0.0.1", 6000, 6000, Protocol.TCP),
                        binding("127.0.0.1", 7000, 7000, Protocol.TCP),
                        binding("127.0.0.1", 7001, 7001, Protocol.TCP))))
                .isEqualTo("127.0.0.1:6000->6000/tcp, 127.0.0.1:7000-7002->7000-7002/tcp, 127.0.0.1:8090->80/udp");
    }

    @Test
    void aPortThatTheEngineDoesNotKnowOfSaysSo() {
        PortBinding engines = binding("0.0.0.0", 8000, 8000, Protocol.TCP);
        PortBinding beside = new PortBinding(
                Id.random(),
                null,
                Protocol.TCP,
                engines.hostAddress(),
                false,
                PortRange.single(8001),
                PortRange.single(8001),
                List.of(),
                true,
                true,
                PortBinding.RuleState.UNKNOWN,
                PortMapping.of(engines.hostAddress(), 8001, 8001, Protocol.TCP));
        assertThat(PortsColumn.of(container(List.of(), engines, beside)))
                .isEqualTo("0.0.0.0:8000->8000/tcp, 0.0.0.0:8001->8001/tcp (by Patchbay)");
    }

    @Test
    void aPortThatIsOnlyExposedStandsAlone() {
        assertThat(PortsColumn.of(container(
                        List.of(new ExposedPort(80, Protocol.TCP), new ExposedPort(443, Protocol.TCP)),
                        binding("0.0.0.0", 8080, 80, Protocol.TCP))))
                .isEqualTo("443/tcp, 0.0.0.0:8080->80/tcp");
    }

    @Test
    void inspectDocumentsAreIndentedAsDockers() throws Exception {
        String text = """
                [
                    {
                        "Name": "a\\"b",
                        "Empty": {},
                        "None": null,
                        "List": [],
                        "Sizes": [
                            0,
                            1.5
                        ]
                    }
                ]""";
        assertThat(GoJson.indented(new ObjectMapper().readTree(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    80                  |           | 0    | 80 | TCP
                    8080:80             |           | 8080 | 80 | TCP
                    8080:80/udp         |           | 8080 | 80 | UDP
                    127.0.0.1:8080:80   | 127.0.0.1 | 8080 | 80 | TCP
                    127.0.0.1::80       | 127.0.0.1 | 0    | 80 | TCP
                    [::1]:8080:80       | ::1       | 8080 | 80 | TCP
                    0:80                |           | 0    | 80 | TCP
                    """)
    void aPortIsReadAsDockerReadsIt(String text, String address, int host, int container, Protocol protocol)
            throws Exception {
        assertThat(PortArgument.mapping(text))
                .isEqualTo(PortMapping.of(
                        address == null ? null : InetAddress.ofLiteral(address), host, container, protocol));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    8000-8002:80-82 | 8000-8002 | 80-82
                    8000-8010:80    | 8000-8010 | 80
                    80-82           |           | 80-82
                    """)
    void aRangeStaysOne(String text, @Nullable String host, String container) throws Exception {
        assertThat(PortArgument.mapping(text))
                .isEqualTo(new PortMapping(
                        null,
                        host == null ? null : PortRange.of(host),
                        PortRange.of(container),
                        Protocol.TCP,
                        List.of()));
    }

    @Test
    void aPortNamesWhoMayUseIt() throws Exception {
        assertThat(PortArgument.mapping("[::1]:53:53/udp,from=192.0.2.0/24,from=fd00::/8,from=198.51.100.7"))
                .isEqualTo(PortMapping.of(InetAddress.ofLiteral("::1"), 53, 53, Protocol.UDP)
                        .withAllowed(
                                List.of(Cidr.of("192.0.2.0/24"), Cidr.of("fd00::/8"), Cidr.of("198.51.100.7/32"))));
    }

    // Docker's own sentences for the same texts.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    99999:80        | Invalid hostPort: 99999
                    80:99999        | Invalid containerPort: 99999
                    80:0            | Invalid containerPort: 0
                    abc:80          | Invalid hostPort: abc
                    80:80/foo       | Invalid proto: foo
                    99999/foo       | Invalid containerPort: 99999
                    ::1:80:80       | Invalid ip address ::1: address ::1:: too many colons in address
                    80,from=nope    | invalid CIDR address: nope
                    300.1.1.1:80:80 | Invalid ip address: 300.1.1.1
                    10.1:80:80      | Invalid ip address: 10.1
                    8000-8001:80-85 | Invalid ranges specified for container and host Ports: 80-85 and 8000-8001
                    9000-8000:80    | Invalid hostPort: 9000-8000
                    :               | No port specified: :<empty>
                    80:             | No port specified: 80:<empty>
                    """)
    void aWrongPortIsRefusedInDockersWords(String text, String sentence) {
        assertThatThrownBy(() -> PortArgument.mapping(text)).hasMessage(sentence);
    }

    private static PortBinding binding(String address, int host, int container, Protocol protocol) {
        return PortBinding.single(
                Id.random(), Id.random(), protocol, InetAddress.ofLiteral(address), host, container, true);
    }

    private static Container container(List<ExposedPort> exposed, PortBinding... bindings) {
        return new Container(
                Id.random(),
                "c1",
                "httpd",
                List.of(),
                Instant.EPOCH,
                Container.State.RUNNING,
                1,
                0,
                Instant.EPOCH,
                null,
                "default",
                exposed,
                List.of(new Endpoint(
                        Id.random(),
                        Id.random(),
                        "eth0",
                        "pbv0",
                        Cidr.of("172.17.0.2/16"),
                        null,
                        MacAddress.fromIpv4(InetAddress.ofLiteral("172.17.0.2")),
                        true,
                        true,
                        EndpointConfig.DEFAULT)),
                Stream.of(bindings).toList(),
                Map.of(),
                ContainerConfig.DEFAULT,
                0);
    }
}
