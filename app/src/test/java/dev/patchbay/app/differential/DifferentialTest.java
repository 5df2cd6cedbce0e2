package dev.patchbay.app.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Patchbay does what Docker does. Skipped where there is no Docker engine to ask, which under CI is a failure.
class DifferentialTest {
    private static final String VERSION = "20.10";
    private static final int LINES_AT_LEAST = 1247;
    private static final Path SCRIPT = Path.of("..", "build", "docker-host").toAbsolutePath();
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final List<String> SCENARIOS =
            List.of("networks", "addresses", "ipv6", "containers", "ports", "life", "sentences", "drift");

    /// Titles of the scenarios to play, while one is written: what needs all of them is skipped then.
    private static final String ONLY = System.getProperty("differential.only", ".*");

    @TempDir
    static Path dockerDirectory;

    @TempDir
    static Path patchbayDirectory;

    private static List<IntendedDifference> intended = List.of();
    private static Map<Scenario, List<EngineDifference>> differences = Map.of();
    private static String version = "";

    @BeforeAll
    static void playAllOnBoth() throws IOException, EngineException {
        assumeTrue(
                System.getenv("CI") != null || (isRoot() && DockerRunner.isInstalled(VERSION)),
                "needs root and Debian's docker.io " + VERSION);
        intended = IntendedDifference.parse(resource("intended-differences.txt"));
        try (DockerRunner docker = DockerRunner.start(SCRIPT, dockerDirectory);
                PatchbayRunner patchbay = PatchbayRunner.start(patchbayDirectory)) {
            version = docker.version();
            DifferentialRun run = new DifferentialRun(docker, patchbay);
            run.play(scenarios());
            differences = run.differences();
        }
        Files.writeString(
                Path.of("target", "differences.txt"),
                differences.values().stream()
                        .flatMap(Collection::stream)
                        .filter(DifferentialTest::isNotMeant)
                        .map(difference -> difference + "\n")
                        .collect(Collectors.joining()));
    }

    private static boolean isNotMeant(EngineDifference difference) {
        return intended.stream().noneMatch(candidate -> candidate.covers(difference));
    }

    private static List<Scenario> scenarios() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : SCENARIOS) {
            scenarios.addAll(Scenario.parse(resource("scenarios/" + name + ".txt")));
        }
        scenarios.removeIf(scenario -> !scenario.title().matches(ONLY));
        return scenarios;
    }

    @TestFactory
    Stream<DynamicTest> nothingDiffersButWhatIsMeantTo() {
        return differences.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().title(),
                        () -> assertThat(entry.getValue().stream().filter(DifferentialTest::isNotMeant))
                                .isEmpty()));
    }

    @Test
    void everyIntendedDifferenceIsSeen() {
        assumeTrue(ONLY.equals(".*"));
        List<EngineDifference> all =
                differences.values().stream().flatMap(Collection::stream).toList();
        assertThat(intended)
                .isNotEmpty()
                .allSatisfy(difference ->
                        assertThat(difference.unseen(all)).as(difference.name()).isEmpty());
    }

    @Test
    void noIntendedDifferenceIsSeenMoreOftenThanSaid() {
        assertThat(IntendedDifference.excess(
                        intended,
                        differences.values().stream()
                                .flatMap(Collection::stream)
                                .toList()))
                .isEmpty();
    }

    @Test
    void itIsTheDockerThatIsMeantAndEnoughIsAsked() {
        assumeTrue(ONLY.equals(".*"));
        assertThat(version).startsWith(VERSION);
        assertThat(differences.keySet().stream()
                        .mapToInt(scenario -> scenario.lines().size())
                        .sum())
                .isGreaterThanOrEqualTo(LINES_AT_LEAST);
    }

    @Test
    void thePageOnCompatibilitySaysSo() throws IOException {
        assumeTrue(ONLY.equals(".*"));
        String page = CompatibilityTable.of(VERSION, differences, intended);
        Path written = Files.writeString(Path.of("target", "compatibility.md"), page);
        assertThat(PAGE).as("copy %s there", written).content().isEqualTo(page);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(DifferentialTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
