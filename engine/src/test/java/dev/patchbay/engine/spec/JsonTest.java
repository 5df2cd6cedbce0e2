package dev.patchbay.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.protocol.Samples;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"\"localhost\"", "\"example.org\"", "\"\"", "\"fe80::1%lo\"", "\"1.2.3.4.5\"", "7", "{}", "[]"})
    void onlyLiteralsAreAddresses(String json) {
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> Json.MAPPER.readValue(json, InetAddress.class));
    }

    @Test
    void aLinkLocalAddressTravelsWithoutTheInterfaceOfItsHost() throws Exception {
        InetAddress address = InetAddress.ofLiteral("fe80::1");
        InetAddress scoped = Inet6Address.getByAddress(null, address.getAddress(), 1);
        String json = Json.MAPPER.writeValueAsString(scoped);
        assertThat(json).doesNotContain("%");
        assertThat(Json.MAPPER.readValue(json, InetAddress.class)).isEqualTo(address);
    }

    @Test
    void timesKeepTheirNanoseconds() throws Exception {
        Instant time = Instant.parse("2026-02-03T04:05:06.000000001Z");
        assertThat(Json.MAPPER.writeValueAsString(time)).isEqualTo("\"2026-02-03T04:05:06.000000001Z\"");
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(time), Instant.class))
                .isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"80/tcp\"]|80/tcp|[\"80/tcp\"]",
                "[\"82/udp\",\"80-81/tcp\"]|82/udp 80/tcp 81/tcp|[\"82/udp\",\"80-81/tcp\"]",
                "[{\"port\":80,\"protocol\":\"tcp\"},{\"port\":81,\"protocol\":\"tcp\"}]|80/tcp 81/tcp|[\"80-81/tcp\"]",
            })
    void exposedPortsAreWrittenAsRangesAndReadInTheFormOfOlderJournals(String json, String ports, String written)
            throws Exception {
        ObjectNode sandbox = sandbox();
        sandbox.set("exposed", Json.MAPPER.readTree(json));
        SandboxSpec read = Json.MAPPER.treeToValue(sandbox, SandboxSpec.class);
        assertThat(read.exposed().stream().map(ExposedPort::toString)).containsExactly(ports.split(" "));
        assertThat(Json.MAPPER.valueToTree(read).path("exposed").toString()).isEqualTo(written);
    }

    /// A short text must not stand for more ports than a helper has memory for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"1-65535/tcp\",\"1-65535/udp\",\"1-65535/sctp\",\"1/tcp\"]",
                "[\"0/tcp\"]",
                "[\"80\"]",
                "[\"80/icmp\"]",
                "[\"81-80/tcp\"]",
                "[80]",
                "[null]",
                "\"80/tcp\"",
                "null"
            })
    void noOthersAreRead(String json) throws Exception {
        ObjectNode sandbox = sandbox();
        sandbox.set("exposed", Json.MAPPER.readTree(json));
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> Json.MAPPER.treeToValue(sandbox, SandboxSpec.class));
    }

    private static ObjectNode sandbox() {
        return Json.MAPPER.valueToTree(Samples.sandbox());
    }

    @Test
    void onlyComponentsAreProperties() throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(new SpecChange(List.of(), List.of())))
                .isEqualTo("{\"put\":[],\"remove\":[]}");
    }
}
