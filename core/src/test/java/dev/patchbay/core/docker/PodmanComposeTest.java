package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.Change;
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
        for (Change change : difference(FILE).change().changes()) {
            done(change);
        }
        awaitAnAnswer(8090);
        assertThat(lines(FILE)).isEmpty();
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
}
