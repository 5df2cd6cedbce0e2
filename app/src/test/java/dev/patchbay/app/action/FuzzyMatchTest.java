package dev.patchbay.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyMatchTest {
    @ParameterizedTest
    @CsvSource({"nn, New network", "newnet, New network", "NETW, New network", "rcon, Run container", "'', Anything"})
    void lettersMatchInOrder(String typed, String text) {
        assertThat(FuzzyMatch.score(typed, text)).isNotNegative();
    }

    @ParameterizedTest
    @CsvSource({"wn, New network", "xyz, New network", "newz, New network"})
    void aMissingLetterIsNoMatch(String typed, String text) {
        assertThat(FuzzyMatch.score(typed, text)).isNegative();
    }

    @Test
    void theBeginningOfAWordIsBetterThanItsMiddle() {
        assertThat(FuzzyMatch.score("re", "Remove")).isGreaterThan(FuzzyMatch.score("re", "Store"));
        assertThat(FuzzyMatch.score("work", "network")).isGreaterThan(FuzzyMatch.score("nwk", "network"));
    }
}
