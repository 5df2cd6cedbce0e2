package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host whose iptables speaks to the older packet filter of the kernel, which tells nobody when a rule changes.
///
/// Skipped everywhere, under CI too, where the kernel is built without it, as many are by now.
class LegacyIptablesLabTest {
    private static final String AVAILABLE = "command -v iptables-legacy ip6tables-legacy >/dev/null"
            + " && iptables-legacy -t nat -S >/dev/null 2>&1 && ip6tables-legacy -t nat -S >/dev/null 2>&1"
            + " && iptables -V | grep -q nf_tables && echo yes || echo no";

    /// As `update-alternatives --set iptables /usr/sbin/iptables-legacy`, and only for this Lab.
    private static final String SWITCH = "for t in iptables ip6tables; do for table in filter nat raw; do"
            + " $t -t $table -F; $t -t $table -X; done; $t -P FORWARD ACCEPT; done;"
            + " mkdir /run/alternatives; cp -a /etc/alternatives/. /run/alternatives;"
            + " for t in iptables ip6tables; do for verb in '' -save -restore; do"
            + " ln -sfn /usr/sbin/$t-legacy$verb /run/alternatives/$t$verb; done; done;"
            + " mount --bind /run/alternatives /etc/alternatives; iptables -V";

    @TempDir
    private Path home;

    private RealLab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new RealLab(home);
        assumeTrue(
                lab.onHost(AVAILABLE).strip().equals("yes"), "needs iptables-legacy and a kernel that has ip_tables");
        lab.killHelper();
        assertThat(lab.onHost(SWITCH)).contains("legacy");
        lab.up();
        lab.done(Change.CreateNetwork.named("shop"));
        lab.done(Change.RunContainer.of("web01", "httpd:2.4", List.of(), List.of(EndpointRequest.on("shop")))
                .withPorts(List.of(PortMapping.of(null, 8080, 80, Protocol.TCP))));
        await().until(this::reaches);
    }

    @AfterEach
    void end() throws EngineException {
        lab.close();
    }

    @Test
    void aMissingRuleIsSeenAndRepairedWithoutAnEvent() throws Exception {
        assertThat(lab.onHost("iptables-legacy-save")).contains("--dport 8080");
        assertThat(lab.onHost("iptables-nft-save")).doesNotContain("8080");
        String rules = rules();
        AtomicReference<Topology> seen = new AtomicReference<>();
        try (AutoCloseable _ = lab.controller().watch(seen::set, _ -> {})) {
            lab.onHost("iptables -t nat -F PATCHBAY");
            await().until(() -> seen.get() != null
                    && seen.get().problems().stream()
                            .map(Problem::sentence)
                            .anyMatch(sentence -> sentence.contains("1 rule is missing")));
            assertThat(reaches()).isFalse();

            lab.controller().repair(false);
            await().until(() -> seen.get().problems().isEmpty());
        }
        assertThat(rules()).isEqualTo(rules);
        assertThat(reaches()).isTrue();
    }

    private boolean reaches() throws EngineException {
        return lab.outside("curl -s --max-time 2 http://198.51.100.2:8080/ || true")
                .contains("It works!");
    }

    private String rules() throws EngineException {
        return lab.onHost("iptables-save | grep -v '^#' | sed 's/ \\[.*//'");
    }
}
