package dev.patchbay.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No spec holds a name that could be taken for another link, for all of them, or for a part of a path.
class LinkNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"all", "default", "lo", "", ".", "..", "../x", "a/b", "a b", "a\nb", "-a", "sixteen-letters0"})
    void eachSpecRefusesIt(String name) {
        assertThat(LinkName.isValid(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> network(name));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExternalPublishSpec.Target(name, List.of(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> endpoint(name));
        if (!name.isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> macvlanOf(name));
        }
    }

    /// What does not fit into a message of the kernel is refused before it is written down.
    @ParameterizedTest
    @ValueSource(ints = {16, 5_000, 1_000_000})
    void aLongOneIsRefusedInAShortSentence(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> macvlanOf("p".repeat(length)))
                .withMessage("not a name for a parent link: ppppppppppppppp... (too long)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "br0.100", "pb-0123456789ab", "patchbay0", "fifteen-letters", "all0", "lo1"})
    void aUsualOneIsTaken(String name) {
        assertThat(network(name).bridge()).isEqualTo(name);
        assertThat(macvlanOf(name).parent()).isEqualTo(name);
    }

    private static NetworkSpec network(String bridge) {
        return new NetworkSpec(
                Id.random(),
                "net",
                Instant.EPOCH,
                Driver.BRIDGE,
                bridge,
                List.of(),
                false,
                false,
                false,
                DriverSettings.DEFAULT,
                false,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                false);
    }

    private static DriverSettings macvlanOf(String parent) {
        return new DriverSettings(true, true, null, null, 0, DriverSettings.INTERFACE_PREFIX, false, null, parent);
    }

    private static EndpointSpec endpoint(String interfaceName) {
        return new EndpointSpec(
                Id.random(),
                Id.random(),
                Id.random(),
                interfaceName,
                List.of(new Cidr(InetAddress.ofLiteral("10.0.0.2"), 24)),
                new MacAddress("02:42:0a:00:00:02"),
                List.of(),
                false,
                0,
                false,
                false,
                false);
    }
}
