package dev.patchbay.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Patchbay does what Docker 20.10 does. Skipped where there is no Docker engine to ask, which under CI is a
/// failure.
class DifferentialTest extends DifferentialTestCase {
    private static final String RELEASE = "20.10";
    private static final int LINES_AT_LEAST = 1247;

    DifferentialTest() throws IOException {
        super(EngineVersion.DOCKER_20_10, RELEASE, intended(), Map.of(), UnaryOperator.identity(), ALL);
    }

    static Map<String, IntendedDifference> intended() throws IOException {
        return numbered("intended-differences.txt", i -> Integer.toString(i + 1));
    }

    @Override
    void requireRelease(String version) {
        assertThat(version).startsWith(RELEASE);
    }

    @Test
    void everyIntendedDifferenceIsSeen() {
        requireThatNoPartIsChosen();
        assertThat(unseen()).isEmpty();
    }

    @Test
    void enoughIsAsked() {
        requireThatNoPartIsChosen();
        assertThat(lines()).isGreaterThanOrEqualTo(LINES_AT_LEAST);
    }

    @Test
    void thePageOnCompatibilitySaysSo() throws IOException {
        requireThatNoPartIsChosen();
        assertThat(PAGE).content().contains(written());
    }
}
