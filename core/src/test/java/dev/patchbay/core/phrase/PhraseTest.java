package dev.patchbay.core.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.testing.TwoLanguages;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PhraseTest {
    private static final TwoLanguages SENTENCES =
            new TwoLanguages("src/main/resources/dev/patchbay/core/phrase/phrases");
    private static final Pattern USE = Pattern.compile("Phrase\\s*\\.of\\(\\s*\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("Phrase\\s*\\.of\\(|new Phrase\\(");

    @Test
    void everyKeyThatIsUsedExistsAndEveryKeyThatExistsIsUsed() throws IOException {
        assertThat(new TreeSet<>(SENTENCES.english().stringPropertyNames())).containsExactlyElementsOf(uses().keySet());
    }

    @Test
    void everyPlaceGetsAWordWhereverThePhraseIsUsed() throws IOException {
        Properties english = SENTENCES.english();
        assertThat(uses()).allSatisfy((key, given) -> {
            TreeSet<String> places = new TreeSet<>();
            for (int i = 0; i < given.getFirst(); i++) {
                places.add("{" + i + "}");
            }
            assertThat(given).as("words for %s", key).containsOnly(given.getFirst());
            assertThat(TwoLanguages.places(english.getProperty(key)))
                    .as("places of %s", key)
                    .isEqualTo(places);
        });
    }

    @Test
    void everyKeyIsALiteralAtItsPlaceOfUse() throws IOException {
        for (String source : TwoLanguages.sources()) {
            if (!source.contains("public record Phrase(")) {
                assertThat(CALL.matcher(source).results().count())
                        .isEqualTo(USE.matcher(source).results().count());
            }
        }
    }

    @Test
    void germanSaysWhatEnglishSaysAndNothingElse() throws IOException {
        SENTENCES.sayTheSame();
    }

    @Test
    void noKeyIsWrittenTwice() throws IOException {
        SENTENCES.haveEachKeyOnce();
    }

    @Test
    void namesAreFilledInAsTheyAre() {
        Phrase phrase = Phrase.of("listener.elsewhere", "it's {1} $1 \\ {0}", "::1");
        assertThat(phrase).hasToString("it's {1} $1 \\ {0} listens on ::1 only");
        assertThat(phrase.in(Locale.GERMAN)).isEqualTo("it's {1} $1 \\ {0} lauscht nur auf ::1");
        assertThat(Phrase.of("back.hook", phrase)).hasToString("answers: it's {1} $1 \\ {0} listens on ::1 only");
        assertThat(Phrase.verbatim("{0} {9} $")).hasToString("{0} {9} $");
    }

    @Test
    void aWordThatIsAPhraseIsInTheSameLanguage() {
        Phrase phrase = Phrase.of("hook.byRule", Phrase.of("hook.dropped"), Phrase.of("hook.rule", 2, "PATCHBAY"));
        assertThat(phrase).hasToString("dropped, rule 2 of PATCHBAY");
        assertThat(phrase.in(Locale.GERMANY)).isEqualTo("verworfen, Regel 2 von PATCHBAY");
        assertThat(phrase.in(Locale.FRENCH)).isEqualTo(phrase.toString());
    }

    @Test
    void englishStaysEnglishOnAGermanMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            ResourceBundle.clearCache();
            assertThat(Phrase.of("noRoute")).hasToString("no route");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void onlyNothingIsEmpty() {
        assertThat(Phrase.verbatim("").isEmpty()).isTrue();
        assertThat(Phrase.NONE).hasToString("");
        assertThat(Phrase.of("noRoute").isEmpty()).isFalse();
    }

    /// How many words each use of a key gives.
    private static Map<String, List<Integer>> uses() throws IOException {
        return TwoLanguages.sources().stream()
                .flatMap(source ->
                        USE.matcher(source).results().map(use -> Map.entry(use.group(1), words(source, use.end()))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /// The commas at the top level up to the end of the call.
    private static int words(String source, int start) {
        int commas = 0;
        int depth = 0;
        Matcher part = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|[(),]").matcher(source);
        for (int at = start; depth >= 0 && part.find(at); at = part.end()) {
            switch (part.group()) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "," -> commas += depth == 0 ? 1 : 0;
                default -> {}
            }
        }
        return commas;
    }
}
