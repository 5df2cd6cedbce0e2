package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every property that `docs/security.md` promises names a test that there is.
class SecurityPageTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)#([A-Za-z0-9]+)`");

    @Test
    void eachPropertyNamesATestThatExists() throws IOException {
        Map<String, String> sources = tests();
        List<String> properties = properties(Files.readString(TOP.resolve("docs/security.md")));
        assertThat(properties).hasSizeGreaterThan(20);
        for (String property : properties) {
            List<String> named = new ArrayList<>();
            Matcher matcher = NAMED.matcher(property);
            while (matcher.find()) {
                named.add(matcher.group());
                String source = Objects.requireNonNull(sources.get(matcher.group(1)), matcher.group());
                assertThat(isTest(source, matcher.group(2))).as(matcher.group()).isTrue();
            }
            assertThat(named).as("the tests of: " + property).isNotEmpty();
        }
    }

    /// Without this the test above could pass for any page.
    @Test
    void whatIsNoTestIsNotTakenForOne() throws IOException {
        Map<String, String> sources = tests();
        String own = Objects.requireNonNull(sources.get("SecurityPageTest"));
        assertThat(isTest(own, "eachPropertyNamesATestThatExists")).isTrue();
        assertThat(isTest(own, "isTest")).isFalse();
        assertThat(isTest(own, "gone")).isFalse();
        assertThat(properties("## What must hold\n\n- One.\n  More.\n\n- Two.\n\n## Known limits\n\n- None.\n"))
                .containsExactly("One. More.", "Two.");
    }

    private static List<String> properties(String page) {
        List<String> properties = new ArrayList<>();
        for (String section : page.split("(?m)^## ")) {
            if (section.startsWith("Known limits")) {
                continue;
            }
            for (String item : section.split("(?m)^(?=- )")) {
                if (item.startsWith("- ")) {
                    // What follows after an empty line is a paragraph of its own.
                    properties.add(item.substring(2).split("\n\n")[0].strip().replaceAll("\\s+", " "));
                }
            }
        }
        return properties;
    }

    private static boolean isTest(String source, String method) {
        return Pattern.compile(
                        "@(?:Test|ParameterizedTest|TestFactory)\\b[^;{}]*(?:\\{[^}]*}[^;{}]*)?\\s" + method + "\\(")
                .matcher(source)
                .find();
    }

    /// The sources of all test classes of all modules, by name, which two may share.
    private static Map<String, String> tests() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("engine", "core", "app")) {
            try (Stream<Path> files = Files.walk(TOP.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString();
                    sources.merge(
                            name.substring(0, name.length() - ".java".length()),
                            Files.readString(file),
                            String::concat);
                }
            }
        }
        return sources;
    }
}
