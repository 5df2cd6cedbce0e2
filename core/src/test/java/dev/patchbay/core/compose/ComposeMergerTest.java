package dev.patchbay.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchbay.core.model.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Two files that make one project. The cases are those of the Compose specification's section *Merge*.
class ComposeMergerTest extends ComposeTestFiles {
    private static final String BASE = """
            services:
              web:
                image: httpd:2.3
                command: [one, two]
                environment: [A=1, B=2]
                labels: {tier: front}
                ports: ["8080:80"]
                networks: [front]
                depends_on: [db]
                dns: 10.0.0.1
              db:
                image: postgres:17
            networks:
              front:
                ipam: {config: [{subnet: 10.8.0.0/24}]}
            """;

    private static final String OVERRIDE = """
            services:
              web:
                image: httpd:2.4
                command: three
                environment: {B: '3', C: '4'}
                labels: [owner=me]
                ports: ["8080:80", {target: 80, published: 8080}, "8443:443"]
                networks: {back: {ipv4_address: 10.9.0.9}}
                dns: [10.0.0.1, 10.0.0.2]
              cache:
                image: redis:8
            networks:
              front:
                ipam: {config: [{subnet: 10.8.0.0/24, gateway: 10.8.0.9}]}
              back:
                ipam: {config: [{subnet: 10.9.0.0/24}]}
            """;

    @Test
    void mappingsAreMergedListsAreAppendedAndSingleValuesReplaced() throws IOException {
        Project project = merged(BASE, OVERRIDE);

        assertThat(project.files()).containsExactly("compose.yaml", "compose.override.yaml");
        assertThat(project.services()).containsExactlyInAnyOrder("web", "db", "cache");
        Change.RunContainer web = project.containers().stream()
                .filter(container -> container.service().equals("web"))
                .findFirst()
                .orElseThrow()
                .definition();
        assertThat(web.image()).isEqualTo("httpd:2.4");
        assertThat(web.command()).containsExactly("three");
        assertThat(web.environment()).containsExactly("A=1", "B=3", "C=4");
        assertThat(web.labels()).containsEntry("tier", "front").containsEntry("owner", "me");
        assertThat(web.ports()).extracting(Object::toString).containsExactly("8080:80", "8443:443");
        assertThat(web.networks())
                .extracting(place -> place.network())
                .containsExactlyInAnyOrder("myshop_front", "myshop_back");
        assertThat(project.containers().getFirst().service())
                .as("what web depends on is started first")
                .isEqualTo("db");
        assertThat(project.networks())
                .extracting(
                        network -> network.key(),
                        network -> Objects.requireNonNull(network.definition()).pools().stream()
                                .map(pool -> pool.subnet() + " " + pool.gateway())
                                .toList())
                .containsExactly(
                        tuple("default", List.of()),
                        tuple("front", List.of("10.8.0.0/24 10.8.0.9")),
                        tuple("back", List.of("10.9.0.0/24 null")));
    }

    @Test
    void theFileThatOverridesIsReadWhereNoFileIsNamed() throws IOException {
        assertThat(ComposeFile.defaultFiles(directory)).isEmpty();
        Path base = Files.writeString(directory.resolve("docker-compose.yml"), BASE);
        assertThat(ComposeFile.defaultFiles(directory)).containsExactly(base);
        Path override = Files.writeString(directory.resolve("docker-compose.override.yml"), OVERRIDE);
        assertThat(ComposeFile.defaultFiles(directory)).containsExactly(base, override);
        assertThat(ComposeFile.withOverride(base)).containsExactly(base, override);
        Path other = Files.writeString(directory.resolve("other.yaml"), BASE);
        assertThat(ComposeFile.withOverride(other)).containsExactly(other);
    }

    @Test
    void aMistakeNamesTheFileThatItIsIn() throws IOException {
        ProjectReadResult reading = read(BASE, "services:\n  web:\n    ports: ['x:y']\n");
        assertThat(reading).isInstanceOf(ProjectReadResult.Refused.class);
        assertThat(((ProjectReadResult.Refused) reading).refusal().sentence())
                .startsWith("compose.override.yaml:3:13: ");
    }

    private Project merged(String base, String override) throws IOException {
        ProjectReadResult reading = read(base, override);
        assertThat(reading).isInstanceOf(ProjectReadResult.Read.class);
        return ((ProjectReadResult.Read) reading).project();
    }

    private ProjectReadResult read(String base, String override) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), base);
        Files.writeString(directory.resolve("compose.override.yaml"), override);
        return ComposeFile.read(ComposeFile.defaultFiles(directory), Map.of(), null);
    }
}
