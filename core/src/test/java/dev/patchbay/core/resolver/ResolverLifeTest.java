package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the resolver's process comes and goes.
class ResolverLifeTest {
    private static final String COUNT = "pgrep -cfx '[^ ]*java (-XX[^ ]* )*-Xmx32m .*ResolverMain' || true";

    @Test
    void itIsThereAsLongAsAContainerRunsThatNeedsIt(@TempDir Path home) throws Exception {
        RealLab lab = new RealLab(home, ResolverStart.words());
        try {
            String before = lab.onHost("ls /run; ss -Hlnut");
            lab.done(Change.CreateNetwork.named("shop"));
            lab.done(Change.RunContainer.of("plain", "host", List.of("sleep", "600"), List.of()));
            assertThat(lab.onHost(COUNT)).isEqualTo("0\n");

            lab.done(Change.RunContainer.of(
                    "web", "host", List.of("sleep", "600"), List.of(EndpointRequest.on("shop"))));
            assertThat(lab.onHost(COUNT)).isEqualTo("1\n");
            assertThat(namesOf(lab)).contains("Address: " + address(lab));

            // A second start of the whole Lab, as after a reboot: the records are old, the namespaces new.
            lab.down();
            lab.up();
            assertThat(lab.onHost(COUNT)).isEqualTo("1\n");
            assertThat(namesOf(lab)).contains("Address: " + address(lab));

            lab.done(new Change.StopContainer("web"));
            assertThat(lab.onHost(COUNT)).isEqualTo("0\n");
            lab.done(new Change.RemoveContainer("web", true));
            lab.done(new Change.RemoveContainer("plain", true));
            lab.done(new Change.RemoveNetwork("shop"));
            assertThat(lab.onHost("ls /run; rmdir /run/patchbay; ls /run; ss -Hlnut"))
                    .endsWith(before);
            assertThat(lab.controller().repair(true)).isEmpty();
        } finally {
            lab.close();
        }
    }

    private static String namesOf(RealLab lab) throws Exception {
        return lab.onHost(
                "ip netns exec " + sandbox(lab).namespaceName() + " busybox nslookup -type=a web.shop 172.18.0.1");
    }

    private static SandboxSpec sandbox(RealLab lab) throws Exception {
        return lab.state().specs().stream()
                .filter(SandboxSpec.class::isInstance)
                .map(SandboxSpec.class::cast)
                .filter(sandbox -> sandbox.name().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    private static String address(RealLab lab) throws Exception {
        SandboxSpec web = sandbox(lab);
        return lab.state().specs().stream()
                .filter(EndpointSpec.class::isInstance)
                .map(EndpointSpec.class::cast)
                .filter(endpoint -> endpoint.sandbox().equals(web.id()))
                .map(endpoint -> endpoint.addresses().getFirst().toString().replaceAll("/.*", ""))
                .findFirst()
                .orElseThrow();
    }
}
