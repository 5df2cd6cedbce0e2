package dev.patchbay.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.firewall.SavedRules;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class IptablesSaveWriterTest {
    private static final HostRules SAMPLE = new HostRules(
            1,
            "iptables v1.8.9 (nf_tables)",
            List.of(
                    new KernelChain(Family.IPV4, "nat", "PREROUTING", "ACCEPT", 5, 300),
                    new KernelChain(Family.IPV4, "nat", "PATCHBAY", "-", 0, 0),
                    new KernelChain(Family.IPV6, "nat", "PREROUTING", "ACCEPT", 0, 0)),
            List.of(
                    new KernelRule(Family.IPV4, "nat", "PATCHBAY", 2, 0, 0, "-j RETURN"),
                    new KernelRule(
                            Family.IPV4, "nat", "PATCHBAY", 1, 3, 180, "-p tcp -j DNAT --to-destination 172.18.0.2:80"),
                    new KernelRule(
                            Family.IPV4, "nat", "PREROUTING", 1, 7, 420, "-m addrtype --dst-type LOCAL -j PATCHBAY")),
            List.of(),
            List.of());

    @Test
    void eachFamilyInItsOwnPart() {
        assertThat(IptablesSaveWriter.of(SAMPLE)).isEqualTo("""
                        # iptables-save
                        *nat
                        :PREROUTING ACCEPT [5:300]
                        :PATCHBAY - [0:0]
                        [7:420] -A PREROUTING -m addrtype --dst-type LOCAL -j PATCHBAY
                        [3:180] -A PATCHBAY -p tcp -j DNAT --to-destination 172.18.0.2:80
                        [0:0] -A PATCHBAY -j RETURN
                        COMMIT
                        # ip6tables-save
                        *nat
                        :PREROUTING ACCEPT [0:0]
                        COMMIT
                        """);
    }

    @Test
    void itCanBeReadBack() {
        String text = IptablesSaveWriter.of(SAMPLE);
        SavedRules read = SavedRules.parse(Family.IPV4, text.substring(0, text.indexOf("# ip6tables")));
        assertThat(read.rules()).containsExactlyInAnyOrderElementsOf(SAMPLE.rules());
    }
}
