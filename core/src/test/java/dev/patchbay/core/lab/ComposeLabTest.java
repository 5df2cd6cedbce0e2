package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.compose.ComposeFile;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectReadResult;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.testing.KernelSnapshot;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compose files made real: the sample lab and changes of it, seen with the kernel's other tools.
class ComposeLabTest {
    private static final String STATUS = "curl -s -m 5 -o /dev/null -w %{http_code} http://";

    @TempDir
    private Path home;

    private RealLab lab;
    private String sample = "";

    @BeforeEach
    void build() throws Exception {
        lab = new RealLab(home);
        sample = Files.readString(Path.of("../assets/labs/three-tier.yaml"));
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    private Project project(String text) throws IOException {
        Path file = Files.writeString(home.resolve("three-tier.yaml"), text);
        ProjectReadResult reading = ComposeFile.read(List.of(file), Map.of(), null);
        assertThat(reading).isInstanceOf(ProjectReadResult.Read.class);
        return ((ProjectReadResult.Read) reading).project();
    }

    private ProjectDifference difference(String text, ComposeGoal aim) throws Exception {
        return lab.controller().compareProject(project(text), aim);
    }

    /// Applies, and asserts that it differs in nothing any more.
    private ProjectDifference apply(String text) throws Exception {
        ProjectDifference difference = difference(text, ComposeGoal.UP);
        lab.done(difference.change());
        assertThat(difference(text, ComposeGoal.UP).items()).isEmpty();
        return difference;
    }

    private static List<String> lines(ProjectDifference difference) {
        return difference.items().stream().map(ProjectDifference.Item::toString).toList();
    }

    private Container container(String name) throws EngineException {
        return lab.controller().topology().containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long pid(String name) throws EngineException {
        return container(name).pid();
    }

    /// What a program writes in a container's network namespace.
    private String inside(String container, String command) throws EngineException {
        String namespace = lab.state().specs().stream()
                .filter(spec ->
                        spec instanceof SandboxSpec sandbox && sandbox.name().equals(container))
                .map(spec -> ((SandboxSpec) spec).netnsName())
                .findFirst()
                .orElseThrow();
        return lab.onHost("ip netns exec " + namespace + " " + command);
    }

    @Test
    void theSampleIsMadeAsWrittenAndUndoneInOneStep() throws Exception {
        KernelSnapshot before = KernelSnapshot.of(lab);

        ProjectDifference difference = apply(sample);

        assertThat(lines(difference))
                .containsExactly(
                        "+ network three-tier_front: 172.30.0.0/24",
                        "+ network three-tier_middle: 172.30.1.0/24, internal",
                        "+ network three-tier_back: 172.30.2.0/24, internal",
                        "+ container three-tier-db-1: host, on three-tier_back",
                        "+ container three-tier-app-1: httpd:2.4, on three-tier_back and three-tier_middle",
                        "+ container three-tier-proxy-1: httpd:2.4, on three-tier_front and three-tier_middle,"
                                + " publish 8080:80");
        assertThat(lab.onHost("ip -j addr")).contains("\"172.30.0.1\"", "\"172.30.1.1\"", "\"172.30.2.254\"");
        assertThat(lab.onHost("iptables-save -t nat")).contains("--dport 8080 -j DNAT --to-destination 172.30.0.2:80");
        await().untilAsserted(() ->
                assertThat(lab.outside(STATUS + "198.51.100.2:8080/")).isEqualTo("200"));
        await().untilAsserted(() -> assertThat(inside("three-tier-app-1", STATUS + "172.30.2.10:5432/"))
                .isNotEqualTo("000"));
        assertThat(inside("three-tier-proxy-1", STATUS + "172.30.2.10:5432/ || true"))
                .as("the proxy does not see the database")
                .isEqualTo("000");
        assertThat(lab.controller().topology().activity().getLast().title())
                .isEqualTo("patchbay apply three-tier.yaml");

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(KernelSnapshot.of(lab)).isEqualTo(before);
    }

    @Test
    void anotherPortAndAnotherNetworkLeaveTheContainerRunning() throws Exception {
        apply(sample);
        long proxy = pid("three-tier-proxy-1");
        long app = pid("three-tier-app-1");
        String changed = sample.replace("8080", "8090")
                .replace("networks: [front, middle]", "networks: [front, back]")
                .replace("172.30.0.0/24", "172.30.9.0/24")
                .replace("aliases: [application]", "aliases: [application, shop]");

        assertThat(lines(apply(changed)))
                .containsExactly(
                        "± network three-tier_front: addresses 172.30.9.0/24",
                        "~ container three-tier-app-1: aliases on three-tier_middle",
                        "~ container three-tier-proxy-1: connect to three-tier_back, connect anew to three-tier_front,"
                                + " disconnect from three-tier_middle, publish 8090:80, unpublish 8080:80");

        assertThat(pid("three-tier-proxy-1")).isEqualTo(proxy);
        assertThat(pid("three-tier-app-1")).isEqualTo(app);
        assertThat(lab.onHost("iptables-save -t nat"))
                .contains("--dport 8090 -j DNAT --to-destination 172.30.9.2:80")
                .doesNotContain("8080", "172.30.0.");
        assertThat(lab.outside(STATUS + "198.51.100.2:8090/")).isEqualTo("200");
        assertThat(inside("three-tier-proxy-1", "ip -j route")).contains("\"gateway\":\"172.30.9.1\"");

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(pid("three-tier-proxy-1")).isEqualTo(proxy);
        assertThat(difference(sample, ComposeGoal.UP).items()).isEmpty();
        assertThat(lab.outside(STATUS + "198.51.100.2:8080/")).isEqualTo("200");
    }

    @Test
    void whatIsInsideAContainerMakesItAnewAndWhatIsLeftOverGoesWhenAsked() throws Exception {
        apply(sample);
        String changed = sample.replace("DATABASE: db", "DATABASE: other")
                .replace("  db:\n    image", "  data:\n    image")
                .replace("      db:\n        condition", "      data:\n        condition")
                .replace("172.30.2.10", "172.30.2.11");

        ProjectDifference kept = difference(changed, ComposeGoal.UP);
        assertThat(lines(kept))
                .containsExactly(
                        "+ container three-tier-data-1: host, on three-tier_back",
                        "± container three-tier-app-1: environment");
        assertThat(kept.notes())
                .containsExactly("left alone, though no longer in the file: container three-tier-db-1;"
                        + " --remove-orphans removes them");
        long proxy = pid("three-tier-proxy-1");
        lab.done(difference(changed, ComposeGoal.UP_REMOVE_ORPHANS).change());

        assertThat(lab.controller().topology().containers())
                .extracting(Container::name)
                .containsExactlyInAnyOrder("three-tier-proxy-1", "three-tier-app-1", "three-tier-data-1");
        assertThat(pid("three-tier-proxy-1")).isEqualTo(proxy);
        assertThat(difference(changed, ComposeGoal.UP_REMOVE_ORPHANS).isEmpty()).isTrue();
    }

    @Test
    void aPartThatIsRefusedOrFailsLeavesNothingOfTheWhole() throws Exception {
        lab.done(Change.RunContainer.of("squatter", "httpd:2.4", List.of(), List.of())
                .withPorts(List.of(PortMapping.of(null, 8080, 80, Protocol.TCP))));
        KernelSnapshot before = KernelSnapshot.of(lab);
        long revision = lab.state().revision();

        Outcome refused =
                lab.controller().apply(difference(sample, ComposeGoal.UP).change());

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        outcome -> assertThat(outcome.refusal().sentence()).contains("8080 failed: port is already"));
        assertThat(KernelSnapshot.of(lab)).isEqualTo(before);

        String free = sample.replace("8080", "8090");
        int steps = RealLab.done(lab.controller()
                        .preview(difference(free, ComposeGoal.UP).change()))
                .steps()
                .size();
        lab.arm("fail", steps);
        ProjectDifference failing = difference(free, ComposeGoal.UP);
        assertThatThrownBy(() -> lab.controller().apply(failing.change())).isInstanceOf(EngineException.class);

        assertThat(lab.disarm()).as("it was hit").isFalse();
        assertThat(KernelSnapshot.of(lab)).isEqualTo(before);
        assertThat(lab.state().revision()).isEqualTo(revision);
        apply(free);
    }

    @Test
    void whatIsExportedDiffersInNothingAndDownRemovesAllOfIt() throws Exception {
        KernelSnapshot before = KernelSnapshot.of(lab);
        apply(sample);
        assertThat(lines(difference(lab.controller().exportCompose("three-tier"), ComposeGoal.UP)))
                .isEmpty();
        lab.done(difference(sample, ComposeGoal.DOWN).change());
        assertThat(KernelSnapshot.of(lab)).isEqualTo(before);

        lab.done(Change.CreateNetwork.on("byhand", "10.77.0.0/24"));
        lab.done(Change.RunContainer.of(
                        "web01",
                        "httpd:2.4",
                        List.of(),
                        List.of(EndpointRequest.on("byhand")
                                .withAddress("10.77.0.9")
                                .withAliases(List.of("www"))))
                .withPorts(List.of(
                        PortMapping.of(null, 8081, 80, Protocol.TCP), PortMapping.of(null, 0, 81, Protocol.TCP))));
        lab.done(Change.RunContainer.of("plain", "host", List.of("sleep", "1000"), List.of()));
        String exported = lab.controller().exportCompose("mine");
        assertThat(exported).contains("container_name: web01", "ipv4_address: 10.77.0.9", "network_mode: bridge");
        assertThat(lines(difference(exported, ComposeGoal.UP))).as(exported).isEmpty();
        long pid = pid("web01");

        assertThat(lines(apply(exported.replace("8081", "8082"))))
                .containsExactly("~ container web01: publish 8082:80, unpublish 8081:80");
        assertThat(pid("web01")).isEqualTo(pid);
    }
}
