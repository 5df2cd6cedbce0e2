package dev.patchbay.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.testing.TwoLanguages;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    private static final TwoLanguages SENTENCES = new TwoLanguages("src/main/resources/dev/patchbay/app/text/messages");
    private static final Pattern USE = Pattern.compile("Messages\\s*\\.(of|count)\\(\\s*\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("Messages\\s*\\.(of|count)\\(");

    @Test
    void everyKeyThatIsUsedExistsAndEveryKeyThatExistsIsUsed() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        for (String source : TwoLanguages.sources()) {
            Matcher use = USE.matcher(source);
            while (use.find()) {
                if (use.group(1).equals("count")) {
                    used.add(use.group(2) + ".one");
                    used.add(use.group(2) + ".many");
                } else {
                    used.add(use.group(2));
                }
            }
        }
        assertThat(new TreeSet<>(SENTENCES.english().stringPropertyNames())).containsExactlyElementsOf(used);
    }

    @Test
    void everyKeyIsALiteralAtItsPlaceOfUse() throws IOException {
        for (String source : TwoLanguages.sources()) {
            if (!source.contains("public final class Messages ")) {
                assertThat(CALL.matcher(source).results().count())
                        .isEqualTo(USE.matcher(source).results().count());
            }
        }
    }

    @Test
    void germanSaysWhatEnglishSaysAndNothingElse() throws IOException {
        SENTENCES.sayTheSame();
    }

    @ParameterizedTest
    @CsvSource({
        "'', de_DE, GERMAN",
        "'', de_AT, GERMAN",
        "'', en_GB, ENGLISH",
        "'', fr_FR, ENGLISH",
        "de, en_GB, GERMAN",
        "de_CH.UTF-8, fr_FR, GERMAN",
        "DE-de, en_GB, GERMAN",
        "en, de_DE, ENGLISH",
        "fr, de_DE, ENGLISH",
        "deutlich, en_GB, ENGLISH",
    })
    void theLanguageAskedForWinsOverTheDesktop(String asked, String desktop, Language language) {
        Locale locale = Locale.forLanguageTag(desktop.replace('_', '-'));
        assertThat(Language.wanted(Map.of(Language.VARIABLE, asked), locale)).isEqualTo(language);
    }

    @Test
    void sentencesAndFiguresAreInTheLanguageThatIsSpoken() {
        Instant time = LocalDateTime.of(2022, 10, 5, 3, 0, 51)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        assertThat(Messages.of("done.stop", "web01")).isEqualTo("web01 stopped.");
        assertThat(Figures.bytes(41_200_000)).isEqualTo("41.2\u00a0MB");
        assertThat(Figures.dateTime(time)).isEqualTo("2022-10-05 03:00:51");
        Messages.speak(Language.GERMAN);
        assertThat(Messages.of("done.stop", "web01")).isEqualTo("web01 gestoppt.");
        assertThat(Figures.bytes(41_200_000)).isEqualTo("41,2\u00a0MB");
        assertThat(Figures.dateTime(time)).isEqualTo("05.10.2022 03:00:51");
    }

    @Test
    void englishStaysEnglishOnAGermanMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            ResourceBundle.clearCache();
            Messages.speak(Language.ENGLISH);
            assertThat(Messages.of("done.stop", "web01")).isEqualTo("web01 stopped.");
        } finally {
            Locale.setDefault(before);
        }
    }

    @AfterEach
    void speakEnglishAgain() {
        Messages.speak(Language.ENGLISH);
    }

    @Test
    void noKeyIsWrittenTwice() throws IOException {
        SENTENCES.haveEachKeyOnce();
    }

    @Test
    void argumentsAreFilledInAsTheyAre() {
        assertThat(Messages.of("done.connect", "it's {1}", "web")).isEqualTo("it's {1} connected to web.");
        assertThat(Messages.count("activity.steps", 1)).isEqualTo("1 step");
        assertThat(Messages.count("activity.steps", 12000)).isEqualTo("12\u00a0000 steps");
    }
}
