package dev.patchbay.engine.rule;

import static dev.patchbay.engine.rule.RuleSpec.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSpecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "-j A\nCOMMIT", "-m comment --comment \"x\"", "-j A\\", "-j $(id)", "-j é", "-j a\tb", "a b"
            })
    void aRuleHoldsNothingButAddressesPortsAndNames(String link) {
        assertThatIllegalArgumentException().isThrownBy(() -> match().in(link));
        assertThatIllegalArgumentException().isThrownBy(() -> match().notOut(link));
    }

    @Test
    void matchesAreInTheOrderOfIptablesSave() {
        RuleSpec.Builder packets = match().fromHost().toPorts(Protocol.UDP, PortRange.of("53-54"));
        assertThat(packets.notOut("eth0")
                        .in("lo")
                        .to(Cidr.of("10.0.0.1/32"))
                        .notFrom(Cidr.of("10.0.0.0/8"))
                        .drop()
                        .text())
                .isEqualTo("! -s 10.0.0.0/8 -d 10.0.0.1/32 -i lo ! -o eth0 -p udp -m addrtype --src-type LOCAL"
                        + " -m udp --dport 53:54 -j DROP");
        assertThat(match().then(new Target.Dnat(InetAddress.ofLiteral("fd00::2"), PortRange.of("80-89"), 8080))
                        .text())
                .isEqualTo("-j DNAT --to-destination [fd00::2]:80-89/8080");
    }
}
