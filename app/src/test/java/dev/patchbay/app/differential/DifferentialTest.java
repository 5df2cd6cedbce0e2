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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
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
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final List<String> SCENARIOS =
            List.of("networks", "addresses", "ipv6", "containers", "ports", "life", "sentences", "drift");
    /// Most lines wait, so that two pairs of engines play at once: these files and the others, of equal length.
    private static final List<String> FIRST_PAIR = List.of("networks", "addresses", "sentences", "drift");

    /// Titles of the scenarios to play, while one is written: what needs all of them is skipped then.
    private static final String ONLY = System.getProperty("differential.only", ".*");

    @TempDir
    static Path directory;

    private static List<IntendedDifference> intended = List.of();
    private static Map<Scenario, List<EngineDifference>> differences = Map.of();
    private static volatile String version = "";

    @BeforeAll
    static void playAllOnBoth() throws Exception {
        EngineVersion.DOCKER_20_10.require();
        intended = IntendedDifference.parse(resource("intended-differences.txt"));
        Map<Scenario, List<EngineDifference>> found = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> played("1", FIRST_PAIR));
            found.putAll(played(
                    "2",
                    SCENARIOS.stream()
                            .filter(name -> !FIRST_PAIR.contains(name))
                            .toList()));
            found.putAll(first.get());
        }
        differences = new LinkedHashMap<>();
        for (Scenario scenario : scenarios(SCENARIOS)) {
            differences.put(scenario, Objects.requireNonNull(found.get(scenario)));
        }
        Files.writeString(
                Path.of("target", "differences.txt"),
                differences.values().stream()
                        .flatMap(Collection::stream)
                        .filter(DifferentialTest::isNotMeant)
                        .map(difference -> difference + "\n")
                        .collect(Collectors.joining()));
    }

    /// On a pair of engines of its own.
    private static Map<Scenario, List<EngineDifference>> played(String pair, List<String> files)
            throws IOException, EngineException {
        try (EngineRunner docker =
                        EngineVersion.DOCKER_20_10.start(Files.createDirectory(directory.resolve("d" + pair)));
                PatchbayRunner patchbay = PatchbayRunner.start(Files.createDirectory(directory.resolve("p" + pair)))) {
            version = docker.version();
            return new DifferentialRun(docker, patchbay).play(scenarios(files));
        }
    }

    private static boolean isNotMeant(EngineDifference difference) {
        return intended.stream().noneMatch(candidate -> candidate.covers(difference));
    }

    private static List<Scenario> scenarios(List<String> files) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : files) {
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

    static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(DifferentialTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
