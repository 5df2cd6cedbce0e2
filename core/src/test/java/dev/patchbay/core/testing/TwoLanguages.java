package dev.patchbay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sentences of a module in English and German, and the sources that use them, read from its directory.
public final class TwoLanguages {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    private final Path english;
    private final Path german;

    /// @param name without language and ending, as `src/main/resources/dev/patchbay/app/text/messages`
    public TwoLanguages(String name) {
        this.english = Path.of(name + ".properties");
        this.german = Path.of(name + "_de.properties");
    }

    public Properties english() throws IOException {
        return load(english);
    }

    public void sayTheSame() throws IOException {
        Properties theirs = load(german);
        Properties ours = english();
        assertThat(theirs.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(ours.stringPropertyNames());
        for (String key : ours.stringPropertyNames()) {
            String sentence = theirs.getProperty(key);
            assertThat(places(sentence)).as("places of %s in German", key).isEqualTo(places(ours.getProperty(key)));
            assertThat(sentence)
                    .as(key)
                    .isNotBlank()
                    .isEqualTo(sentence.strip())
                    .doesNotContain("''");
        }
    }

    public void haveEachKeyOnce() throws IOException {
        for (Path bundle : List.of(english, german)) {
            assertThat(Files.readAllLines(bundle).stream()
                            .filter(line -> line.contains("=") && !line.startsWith("#"))
                            .map(line -> line.substring(0, line.indexOf('='))))
                    .as(bundle.toString())
                    .doesNotHaveDuplicates();
        }
    }

    /// Where words are filled in, as `{0}`.
    public static TreeSet<String> places(String sentence) {
        return PLACE.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    public static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TwoLanguages::read)
                    .toList();
        }
    }

    private static Properties load(Path bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(bundle)) {
            properties.load(reader);
        }
        return properties;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
