package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Compose file compared with what Podman has, which adds to what it was asked for.
class PodmanComposeTest extends RealPodmanTest {
    private static final String FILE = """
            name: shop
            services:
              web:
                image: httpd:2.4
                environment: {TIER: front, TERM: xterm}
                ports: ["8090:80"]
                networks: [front]
            networks:
              front: {ipam: {config: [{subnet: 10.78.0.0/24}]}}
            """;

    @TempDir
    private Path project;

    private ProjectDifference difference(String text) throws Exception {
        Path file = Files.writeString(project.resolve("compose.yaml"), text);
        return EngineComposeTest.difference(controller, file, ComposeGoal.UP);
    }

    private List<String> lines(String text) throws Exception {
        return difference(text).items().stream()
                .map(ProjectDifference.Item::toString)
                .toList();
    }

    @Test
    void aFileThatIsMadeDiffersInNothing() throws Exception {
        done(difference(FILE).change());
        awaitAnAnswer(8090);
        assertThat(lines(FILE)).isEmpty();
        assertThat(lines(controller.exportCompose("shop"))).isEmpty();
        engine.podman("stop", "--time", "0", "shop-web-1");
        assertThat(lines(FILE)).containsExactly("~ container shop-web-1: start");
        engine.podman("start", "shop-web-1");

        assertThat(lines(FILE.replace("TIER: front", "TIER: back")))
                .containsExactly("± container shop-web-1: environment");
        assertThat(lines(FILE.replace("TERM: xterm", "TERM: vt100")))
                .containsExactly("± container shop-web-1: environment");
        assertThat(lines(FILE.replace("8090:80", "8091:80")))
                .containsExactly("± container shop-web-1: publish 8091:80, unpublish 8090:80");
    }

    @Test
    void aFileIsAppliedTakenBackAndRemoved() throws Exception {
        done(difference(FILE).change());
        assertThat(controller.apply(HistoryAction.UNDO)).isInstanceOf(Outcome.Done.class);
        assertThat(engine.podman("ps", "--all", "--quiet")).isEmpty();
        assertThat(controller.apply(HistoryAction.REDO)).isInstanceOf(Outcome.Done.class);
        assertThat(lines(FILE)).isEmpty();

        String changed = FILE.replace("8090:80", "8091:80").replace("10.78.0.0", "10.77.0.0");
        ProjectDifference difference = difference(changed);
        assertThat(difference.undo()).isEqualTo(ProjectHost.Undo.NONE);
        assertThat(difference.notes()).contains(ProjectHost.Undo.NONE.note());
        done(difference.change());
        awaitAnAnswer(8091);
        assertThat(lines(changed)).isEmpty();
        assertThat(engine.podman("ps", "--all", "--format", "{{.Names}}")).isEqualTo("shop-web-1");
        assertThat(controller.apply(HistoryAction.UNDO))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().sentence())
                                .endsWith("cannot be undone: a removed container's files are gone"));

        Path file = project.resolve("compose.yaml");
        done(EngineComposeTest.difference(controller, file, ComposeGoal.DOWN).change());
        assertThat(engine.podman("ps", "--all", "--quiet")).isEmpty();
        assertThat(engine.podman("network", "ls", "--quiet")).doesNotContain("shop");
    }

    /// The engine finds that a process of the host has the port.
    @Test
    void aFailureInTheMiddleGivesBackEverything() throws Exception {
        done(difference(FILE).change());
        String web = engine.podman("inspect", "--format", "{{.Id}}", "shop-web-1");
        engine.onHost("busybox nc -l -p 8093 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; "
                + "until ss -Hltn | grep -q :8093; do sleep 0.05; done");
        try {
            String changed = FILE.replace("8090:80", "8093:80").replace("10.78.0.0", "10.77.0.0");
            assertThat(refused(difference(changed).change()).sentence()).doesNotContain("; and ");
        } finally {
            engine.onHost("kill $(cat /run/listener)");
        }
        assertThat(lines(FILE)).isEmpty();
        assertThat(engine.podman("inspect", "--format", "{{.Id}}", "shop-web-1"))
                .isEqualTo(web);
        awaitAnAnswer(8090);
    }

    @Test
    void aContainerWithMountsIsNotMadeAgainWithoutThem() throws Exception {
        done(difference(FILE).change());
        engine.podman("rm", "--force", "--time", "0", "shop-web-1");
        engine.podman(
                "run",
                "--detach",
                "--name=shop-web-1",
                "--label=com.docker.compose.project=shop",
                "--label=com.docker.compose.service=web",
                "--label=com.docker.compose.container-number=1",
                "--volume=/data",
                "httpd:2.4");
        assertThat(refused(difference(FILE).change()).sentence())
                .isEqualTo("container shop-web-1 would be made again without what is mounted in it: /data");
        assertThat(engine.podman("inspect", "--format", "{{.State.Running}}", "shop-web-1"))
                .isEqualTo("true");
    }
}
