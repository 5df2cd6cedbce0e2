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
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Patchbay does what one release of Docker does, but for the intended differences.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DifferentialTestCase {
    static final String ALL = ".*";
    static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    private static final List<String> FILES =
            List.of("networks", "addresses", "ipv6", "containers", "ports", "life", "sentences", "drift");
    /// Most lines wait, so that two pairs of engines play at once: these files and the others, of about equal
    /// length.
    private static final List<String> FIRST_PAIR = List.of("networks", "addresses", "sentences", "drift");

    /// Titles of the scenarios to play, while one is written: what needs all of them is skipped then.
    private static final String PART = "differential.only";

    @TempDir
    static Path directory;

    private final EngineVersion engine;
    private final String release;
    private final Map<String, IntendedDifference> own;
    private final CompatibilityTable table;
    private final List<IntendedDifference> intended = new ArrayList<>();
    private final UnaryOperator<CommandResult> rulesForm;
    private final Pattern titles;

    private Map<Scenario, List<EngineDifference>> differences = Map.of();

    /// @param own intended differences from this release, by their numbers on the [page][#PAGE]
    /// @param others those from other releases, which this one may show as well
    /// @param rulesForm in which printed rules are compared
    /// @param titles of the scenarios to play
    DifferentialTestCase(
            EngineVersion engine,
            String release,
            Map<String, IntendedDifference> own,
            Map<String, IntendedDifference> others,
            UnaryOperator<CommandResult> rulesForm,
            String titles) {
        this.engine = engine;
        this.release = release;
        this.own = own;
        this.rulesForm = rulesForm;
        this.titles = Pattern.compile(System.getProperty(PART, titles));
        table = new CompatibilityTable(release, own, others);
        intended.addAll(own.values());
        intended.addAll(others.values());
    }

    /// Ends the test where this is another release than the differences are meant for.
    abstract void requireRelease(String version);

    @BeforeAll
    void playAllOnBoth() throws Exception {
        engine.require();
        Map<Scenario, List<EngineDifference>> found = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> played("1", FIRST_PAIR));
            found.putAll(played(
                    "2",
                    FILES.stream().filter(name -> !FIRST_PAIR.contains(name)).toList()));
            found.putAll(first.get());
        }
        differences = new LinkedHashMap<>();
        for (Scenario scenario : scenarios(FILES)) {
            differences.put(scenario, Objects.requireNonNull(found.get(scenario)));
        }
        Files.writeString(
                Path.of("target", "differences-" + release + ".txt"),
                all().stream()
                        .filter(this::isNotMeant)
                        .map(difference -> difference + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(Path.of("target", "compatibility-" + release + ".md"), written());
    }

    /// On a pair of engines of its own.
    private Map<Scenario, List<EngineDifference>> played(String pair, List<String> files)
            throws IOException, EngineException {
        try (EngineRunner docker =
                engine.startWithItsClient(Files.createDirectory(directory.resolve(release + "d" + pair)))) {
            requireRelease(docker.version());
            try (PatchbayRunner patchbay =
                    PatchbayRunner.start(Files.createDirectory(directory.resolve(release + "p" + pair)))) {
                return new DifferentialRun(docker, patchbay, rulesForm).play(scenarios(files));
            }
        }
    }

    private List<EngineDifference> all() {
        return differences.values().stream().flatMap(Collection::stream).toList();
    }

    private boolean isNotMeant(EngineDifference difference) {
        return intended.stream().noneMatch(candidate -> candidate.covers(difference));
    }

    private List<Scenario> scenarios(List<String> files) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : files) {
            scenarios.addAll(Scenario.parse(resource("scenarios/" + name + ".txt")));
        }
        scenarios.removeIf(scenario -> !titles.matcher(scenario.title()).matches());
        return scenarios;
    }

    @TestFactory
    Stream<DynamicTest> nothingDiffersButWhatIsMeantTo() {
        return differences.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().title(),
                        () -> assertThat(entry.getValue().stream().filter(this::isNotMeant))
                                .isEmpty()));
    }

    /// Of those that others show as well, their own test says how often.
    @Test
    void noIntendedDifferenceIsSeenMoreOftenThanSaid() {
        assertThat(IntendedDifference.excess(List.copyOf(own.values()), all())).isEmpty();
    }

    boolean playsAll() {
        return titles.pattern().equals(ALL);
    }

    void requireThatNoPartIsChosen() {
        assumeTrue(System.getProperty(PART) == null);
    }

    int lines() {
        return differences.keySet().stream()
                .mapToInt(scenario -> scenario.lines().size())
                .sum();
    }

    /// Shapes of this release's own intended differences that nothing has, with the names of the
    /// differences.
    List<String> unseen() {
        return own.values().stream()
                .flatMap(difference -> difference.unseen(all()).stream().map(shape -> difference.name() + ": " + shape))
                .toList();
    }

    /// What the page has to say on this release; `target/compatibility-RELEASE.md` has it to copy.
    String written() {
        return table.of(differences);
    }

    /// The rows of the page on the scenarios that were played.
    List<String> rows() {
        return table.rows(differences);
    }

    static Map<String, IntendedDifference> numbered(String list, IntFunction<String> number) throws IOException {
        Map<String, IntendedDifference> numbered = new LinkedHashMap<>();
        for (IntendedDifference difference : IntendedDifference.parse(resource(list))) {
            numbered.put(number.apply(numbered.size()), difference);
        }
        return numbered;
    }

    static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(DifferentialTestCase.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
