package dev.patchbay.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchbay.engine.spec.SpecChange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void onlyComponentsAreProperties() throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(new SpecChange(List.of(), List.of())))
                .isEqualTo("{\"put\":[],\"remove\":[]}");
    }
}
