package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the resolver's process comes and goes.
class ResolverLifecycleTest {
    private static final RestartPolicy ALWAYS = new RestartPolicy(RestartPolicy.Name.ALWAYS, 0);
    private static final String COUNT = "pgrep -cfx '[^ ]*java (-XX[^ ]* )*-Xmx32m .*ResolverMain' || true";

    @Test
    void itIsThereAsLongAsAContainerRunsThatNeedsIt(@TempDir Path home) throws Exception {
        RealLab lab = new RealLab(home, ResolverCommandLine.arguments());
        try {
            String before = lab.onHost("ls /run; ss -Hlnut");
            lab.done(Change.CreateNetwork.named("shop"));
            lab.done(Change.RunContainer.of("plain", "host", List.of("sleep", "600"), List.of()));
            assertThat(lab.onHost(COUNT)).isEqualTo("0\n");

            lab.done(Change.RunContainer.of("web", "host", List.of("sleep", "600"), List.of(EndpointRequest.on("shop")))
                    .withSettings(HostSettings.DEFAULT.withRestart(ALWAYS)));
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
                "ip netns exec " + sandbox(lab).netnsName() + " busybox nslookup -type=a web.shop 172.18.0.1");
    }

    @Test
    void aNetworkWithIpv6IsAnsweredOverItAndWithIt(@TempDir Path home) throws Exception {
        RealLab lab = new RealLab(home, ResolverCommandLine.arguments());
        try {
            lab.done(new Change.CreateNetwork(
                    "shop",
                    Driver.BRIDGE,
                    List.of(PoolRequest.subnet("172.18.0.0/16"), PoolRequest.subnet("fd00:5::/64")),
                    true,
                    false,
                    false,
                    false,
                    null,
                    Map.of(),
                    Map.of()));
            lab.done(Change.RunContainer.of(
                    "web", "host", List.of("sleep", "600"), List.of(EndpointRequest.on("shop"))));
            String ask = "ip netns exec " + sandbox(lab).netnsName() + " busybox nslookup ";

            for (String server : List.of("172.18.0.1", "fd00:5::1")) {
                assertThat(lab.onHost(ask + "web " + server)).contains("Address: 172.18.0.2\n", "Address: fd00:5::2\n");
            }
            assertThat(lab.onHost(ask + "fd00:5::2 172.18.0.1")).contains("name = web.shop");
            assertThat(Files.readString(lab.directory()
                            .sandboxes()
                            .resolve(sandbox(lab).id().shortForm())
                            .resolve("hosts")))
                    .contains("\n172.18.0.2\t", "\nfd00:5::2\t");
        } finally {
            lab.close();
        }
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
