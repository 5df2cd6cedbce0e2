package dev.patchbay.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path BUNDLES = Path.of("src/main/resources/dev/patchbay/core/model");
    private static final Path ENGLISH = BUNDLES.resolve("messages.properties");
    private static final Path GERMAN = BUNDLES.resolve("messages_de.properties");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");
    private static final Pattern USE = Pattern.compile("Message\\s*\\.of\\(\\s*\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("Message\\s*\\.of\\(|new Message\\(");

    @Test
    void everyKeyThatIsUsedExistsAndEveryKeyThatExistsIsUsed() throws IOException {
        assertThat(new TreeSet<>(load(ENGLISH).stringPropertyNames())).containsExactlyElementsOf(uses().keySet());
    }

    @Test
    void everyPlaceGetsAWordWhereverTheMessageIsUsed() throws IOException {
        Properties english = load(ENGLISH);
        assertThat(uses()).allSatisfy((key, given) -> {
            TreeSet<String> places = new TreeSet<>();
            for (int i = 0; i < given.getFirst(); i++) {
                places.add("{" + i + "}");
            }
            assertThat(given).as("words for %s", key).containsOnly(given.getFirst());
            assertThat(places(english.getProperty(key))).as("places of %s", key).isEqualTo(places);
        });
    }

    @Test
    void everyKeyIsALiteralAtItsPlaceOfUse() throws IOException {
        for (String source : sources()) {
            // A message of the DNS is another thing.
            if (!source.contains("public record Message(") && !source.contains("import org.xbill.DNS.Message;")) {
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
            assertThat(german.getProperty(key))
                    .as(key)
                    .isNotBlank()
                    .isEqualTo(german.getProperty(key).strip())
                    .doesNotContain("''");
        }
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
    void namesAreFilledInAsTheyAre() {
        Message message = Message.of("listener.elsewhere", "it's {1} $1 \\ {0}", "::1");
        assertThat(message).hasToString("it's {1} $1 \\ {0} listens on ::1 only");
        assertThat(message.text(Locale.GERMAN)).isEqualTo("it's {1} $1 \\ {0} lauscht nur auf ::1");
        assertThat(Message.of("back.hook", message)).hasToString("answers: it's {1} $1 \\ {0} listens on ::1 only");
        assertThat(Message.verbatim("{0} {9} $")).hasToString("{0} {9} $");
    }

    @Test
    void aWordThatIsAMessageIsInTheSameLanguage() {
        Message message = Message.of("hook.byRule", Message.of("hook.dropped"), Message.of("hook.rule", 2, "PATCHBAY"));
        assertThat(message).hasToString("dropped, rule 2 of PATCHBAY");
        assertThat(message.text(Locale.GERMANY)).isEqualTo("verworfen, Regel 2 von PATCHBAY");
        assertThat(message.text(Locale.FRENCH)).isEqualTo(message.toString());
    }

    @Test
    void englishStaysEnglishOnAGermanMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            ResourceBundle.clearCache();
            assertThat(Message.of("noRoute")).hasToString("no route");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void onlyNothingIsEmpty() {
        assertThat(Message.verbatim("").isEmpty()).isTrue();
        assertThat(Message.EMPTY).hasToString("");
        assertThat(Message.of("noRoute").isEmpty()).isFalse();
    }

    /// How many words each use of a key gives.
    private static Map<String, List<Integer>> uses() throws IOException {
        return sources().stream()
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

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessageTest::read)
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
