package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.compose.ComposeFile;
import dev.patchbay.core.compose.ProjectReadResult;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Compose file compared with what a real engine has.
class EngineComposeTest extends RealEngineTest {
    private static final String FILE = """
            name: shop
            services:
              db:
                image: httpd:2.4
                networks: {back: {ipv4_address: 10.78.0.9}}
              web:
                image: httpd:2.4
                environment: {TIER: front}
                labels: {role: web}
                restart: on-failure:3
                ports: ["8090:80", "127.0.0.1:8091-8092:81-82", "83"]
                networks: {back: , front: {aliases: [www]}}
            networks:
              back: {internal: true, ipam: {config: [{subnet: 10.78.0.0/24}]}}
              front:
            """;

    @TempDir
    private Path project;

    private ProjectDifference difference(String text, ComposeGoal goal) throws Exception {
        return difference(controller, Files.writeString(project.resolve("compose.yaml"), text), goal);
    }

    static ProjectDifference difference(EngineHost controller, Path file, ComposeGoal goal) throws Exception {
        ProjectReadResult reading = ComposeFile.read(List.of(file), Map.of(), null);
        assertThat(reading).isInstanceOf(ProjectReadResult.Read.class);
        return controller.compareProject(((ProjectReadResult.Read) reading).project(), goal);
    }

    private List<String> lines(String text) throws Exception {
        return difference(text, ComposeGoal.UP).items().stream()
                .map(ProjectDifference.Item::toString)
                .toList();
    }

    /// Each change by itself: the engine has not all of a file's changes as one.
    private void make(ProjectDifference difference) throws EngineException {
        for (Change change : difference.change().changes()) {
            done(change);
        }
    }

    @Test
    void aFileThatIsMadeDiffersInNothingAndEachChangeOfItIsSeen() throws Exception {
        ProjectDifference missing = difference(FILE, ComposeGoal.UP);
        assertThat(missing.items())
                .extracting(ProjectDifference.Item::toString)
                .containsExactly(
                        "+ network shop_back: 10.78.0.0/24, internal",
                        "+ network shop_front",
                        "+ container shop-db-1: httpd:2.4, on shop_back",
                        "+ container shop-web-1: httpd:2.4, on shop_back and shop_front, publish 8090:80,"
                                + " publish 127.0.0.1:8091-8092:81-82, publish 83");
        assertThat(ok(controller.preview(missing.change())).steps())
                .extracting(PlannedStep::name)
                .startsWith("create network shop_back", "create network shop_front")
                .contains("connect shop-web-1 to shop_front");
        assertThat(controller.apply(missing.change()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().sentence())
                                .isEqualTo("Compose files are applied in a Lab only"));

        make(missing);
        assertThat(lines(FILE)).isEmpty();
        engine.docker("stop", "-t", "0", "shop-web-1");
        assertThat(lines(FILE)).containsExactly("~ container shop-web-1: start");
        engine.docker("start", "shop-web-1");

        assertThat(lines(FILE.replace("8090:80", "8093:80")))
                .containsExactly("± container shop-web-1: publish 8093:80, unpublish 8090:80");
        assertThat(lines(FILE.replace("role: web", "role: shop")))
                .containsExactly("± container shop-web-1: label role");
        assertThat(lines(FILE.replace("TIER: front", "TIER: back")))
                .containsExactly("± container shop-web-1: environment");
        assertThat(lines(FILE.replace("aliases: [www]", "aliases: [shop]")))
                .containsExactly("~ container shop-web-1: connect anew to shop_front");
        assertThat(lines(FILE.replace("10.78.0.9", "10.78.0.10")))
                .containsExactly("~ container shop-db-1: connect anew to shop_back");
        assertThat(lines(FILE.replace("on-failure:3", "always")))
                .containsExactly("~ container shop-web-1: restart always");
        assertThat(lines(FILE.replace("internal: true,", "labels: {a: b},")))
                .containsExactly(
                        "± network shop_back: not internal, label a",
                        "~ container shop-db-1: connect anew to shop_back",
                        "~ container shop-web-1: connect anew to shop_back");

        make(difference(FILE, ComposeGoal.DOWN));
        assertThat(engine.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=shop"))
                .isEmpty();
        assertThat(engine.docker("network", "ls", "-q", "--filter", "label=com.docker.compose.project=shop"))
                .isEmpty();
    }

    @Test
    void whatDockersOwnClientMadeIsComparedByItsName() throws Exception {
        engine.docker("network", "create", "lane");
        engine.docker("run", "-d", "--name", "byhand", "--network", "lane", "-p", "8090:80", "-e", "A=b", IMAGE);
        String file = """
                name: mine
                services:
                  web:
                    image: docker.io/library/httpd:2.4
                    container_name: byhand
                    environment: {A: b}
                    ports: ["8090:80"]
                    networks: [lane]
                networks:
                  lane: {name: lane}
                """;
        assertThat(lines(file)).isEmpty();
        assertThat(lines(file.replace("A: b", "A: c"))).containsExactly("± container byhand: environment");
    }

    @Test
    void aContainerWhoseImageIsGoneDiffersInWhatItIsAskedForAlone() throws Exception {
        engine.docker("tag", IMAGE, "gone:1");
        engine.docker("run", "-d", "--name", "byhand", "-e", "A=b", "gone:1");
        engine.docker("rmi", "--force", "gone:1");
        String file = """
                name: mine
                services:
                  web:
                    image: gone:1
                    container_name: byhand
                    environment: {A: b}
                    network_mode: bridge
                """;
        assertThat(lines(file)).isEmpty();
        assertThat(lines(file.replace("A: b", "A: c"))).containsExactly("± container byhand: environment");
    }
}
