package dev.patchbay.core.docker.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.ipam.SubnetPool;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineSubnetPoolsTest {
    private static List<SubnetPool> pools(String info, boolean podman) throws Exception {
        return EngineSubnetPools.of(new ObjectMapper().readTree(info), podman);
    }

    /// As `/info` has them with `"default-address-pools": [{"base": "10.10.0.0/16", "size": 24}, …]`.
    @Test
    void configuredPoolsTakeThePlaceOfDockersOwn() throws Exception {
        assertThat(pools("""
            {"DefaultAddressPools": [{"Base": "10.10.0.0/16", "Size": 24}, {"Base": "fd00:1::/48", "Size": 64}]}
            """, false))
                .containsExactly(SubnetPool.of("10.10.0.0/16", 24), SubnetPool.of("fd00:1::/48", 64));
    }

    @Test
    void withoutThemDockerHasThoseOfItsDocumentation() throws Exception {
        assertThat(pools("{}", false))
                .hasSize(7)
                .startsWith(SubnetPool.of("172.17.0.0/16", 16))
                .endsWith(SubnetPool.of("192.168.0.0/16", 20));
        assertThat(pools("{\"DefaultAddressPools\": [{\"Base\": \"10.10.0.0/16\", \"Size\": 8}]}", false))
                .hasSize(7);
    }

    @Test
    void podmanTellsNone() throws Exception {
        assertThat(pools("{}", true)).hasSize(5).allMatch(SubnetPool::builtIn);
    }
}
