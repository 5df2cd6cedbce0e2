package dev.patchbay.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path BUNDLES = Path.of("src/main/resources/dev/patchbay/app/text");
    private static final Path ENGLISH = BUNDLES.resolve("messages.properties");
    private static final Path GERMAN = BUNDLES.resolve("messages_de.properties");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");
    private static final Pattern USE = Pattern.compile("Messages\\s*\\.(of|count)\\(\\s*\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("Messages\\s*\\.(of|count)\\(");

    @Test
    void everyKeyThatIsUsedExistsAndEveryKeyThatExistsIsUsed() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        for (String source : sources()) {
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
        assertThat(new TreeSet<>(load(ENGLISH).stringPropertyNames())).containsExactlyElementsOf(used);
    }

    @Test
    void everyKeyIsALiteralAtItsPlaceOfUse() throws IOException {
        for (String source : sources()) {
            if (!source.contains("public final class Messages ")) {
                assertThat(CALL.matcher(source).results().count())
                        .isEqualTo(USE.matcher(source).results().count());
            }
        }
    }

    @Test
    void germanSaysWhatEnglishSaysAndNothingElse() throws IOException {
        Properties english = load(ENGLISH);
        Properties german = load(GERMAN);
        assertThat(german.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(places(german.getProperty(key)))
                    .as("places of %s in German", key)
                    .isEqualTo(places(english.getProperty(key)));
            assertThat(german.getProperty(key)).as(key).isNotBlank().doesNotContain("''");
        }
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
        assertThat(Language.forEnvironment(Map.of(Language.ENVIRONMENT_VARIABLE, asked), locale))
                .isEqualTo(language);
    }

    @Test
    void sentencesAndFiguresAreInTheLanguageThatIsSpoken() {
        Instant time = LocalDateTime.of(2022, 10, 5, 3, 0, 51)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        assertThat(Messages.of("done.stop", "web01")).isEqualTo("web01 stopped.");
        assertThat(DisplayFormat.bytes(41_200_000)).isEqualTo("41.2\u00a0MB");
        assertThat(DisplayFormat.dateTime(time)).isEqualTo("2022-10-05 03:00:51");
        Messages.setLanguage(Language.GERMAN);
        assertThat(Messages.of("done.stop", "web01")).isEqualTo("web01 gestoppt.");
        assertThat(DisplayFormat.bytes(41_200_000)).isEqualTo("41,2\u00a0MB");
        assertThat(DisplayFormat.dateTime(time)).isEqualTo("05.10.2022 03:00:51");
    }

    @Test
    void englishStaysEnglishOnAGermanMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            ResourceBundle.clearCache();
            Messages.setLanguage(Language.ENGLISH);
            assertThat(Messages.of("done.stop", "web01")).isEqualTo("web01 stopped.");
        } finally {
            Locale.setDefault(before);
        }
    }

    @AfterEach
    void speakEnglishAgain() {
        Messages.setLanguage(Language.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_de.properties"})
    void noKeyIsWrittenTwice(String bundle) throws IOException {
        assertThat(Files.readAllLines(BUNDLES.resolve(bundle)).stream()
                        .filter(line -> line.contains("=") && !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
    }

    @Test
    void argumentsAreFilledInAsTheyAre() {
        assertThat(Messages.of("done.connect", "it's {1}", "web")).isEqualTo("it's {1} connected to web.");
        assertThat(Messages.count("activity.steps", 1)).isEqualTo("1 step");
        assertThat(Messages.count("activity.steps", 12000)).isEqualTo("12\u00a0000 steps");
    }

    private static TreeSet<String> places(String sentence) {
        return PLACE.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties load(Path bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(bundle)) {
            properties.load(reader);
        }
        return properties;
    }

    private static Iterable<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessagesTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
