package dev.patchbay.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path BUNDLE = Path.of("src/main/resources/dev/patchbay/app/text/messages.properties");
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
        assertThat(keys()).containsExactlyElementsOf(used);
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
    void noKeyIsWrittenTwice() throws IOException {
        assertThat(Files.readAllLines(BUNDLE).stream()
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

    private static TreeSet<String> keys() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLE)) {
            properties.load(reader);
        }
        return new TreeSet<>(properties.stringPropertyNames());
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
