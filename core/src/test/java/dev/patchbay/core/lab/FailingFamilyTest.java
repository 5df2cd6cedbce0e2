package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One change is one change in both families: where the kernel refuses the rules of IPv6, those of IPv4 go again.
class FailingFamilyTest {
    /// As deep as the kernel lets rules jump, and allowed as long as no packet gets there. The rule that leads
    /// there is ours.
    private static final String TOO_DEEP = "ip6tables -N PATCHBAY-USER; from=PATCHBAY-USER;"
            + " for n in $(seq 16); do ip6tables -N deep$n; ip6tables -A $from -j deep$n; from=deep$n; done";

    private static final String SHALLOW = "ip6tables -F PATCHBAY-USER";

    private static final Change BOTH_FAMILIES = new Change.CreateNetwork(
            "both",
            Driver.BRIDGE,
            List.of(PoolRequest.subnet("10.78.0.0/24"), PoolRequest.subnet("2001:db8:8::/64")),
            true,
            false,
            false,
            false,
            null,
            Map.of(),
            Map.of());

    @TempDir
    private Path home;

    @Test
    void refusedRulesOfOneFamilyTakeThoseOfTheOtherBack() throws Exception {
        try (RealLab lab = new RealLab(home)) {
            assumeTrue(
                    lab.onHost("ip6tables -V").contains("nf_tables"),
                    "the older packet filter lets rules jump as deep");
            lab.onHost(TOO_DEEP);
            String before = everything(lab);

            assertThatThrownBy(() -> lab.controller().apply(BOTH_FAMILIES))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("ip6tables");

            assertThat(everything(lab)).isEqualTo(before);
            assertThat(before).contains("-A deep15 -j deep16").doesNotContain("10.78.0.0/24");
            assertThat(lab.controller().repair(true)).isEmpty();

            lab.onHost(SHALLOW);
            lab.done(BOTH_FAMILIES);
            assertThat(everything(lab)).contains("10.78.0.0/24", "2001:db8:8::/64", "-A deep15 -j deep16");
            assertThat(lab.controller().repair(true)).isEmpty();
        }
    }

    /// A bridge loses its carrier up to a second after its last port, so what follows from that is left out.
    private static String everything(RealLab lab) throws EngineException {
        return lab.onHost(
                "iptables-save | grep -v '^#' | sed 's/ \\[.*//'; ip6tables-save | grep -v '^#' | sed 's/ \\[.*//';"
                        + " ip -br link | sed -E 's/^([^ ]+) +[A-Z]+ /\\1 /; s/NO-CARRIER,?//; s/,LOWER_UP//'; ip netns");
    }
}
