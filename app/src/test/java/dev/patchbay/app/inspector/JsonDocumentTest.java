package dev.patchbay.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {
    private static JsonDocument document(String json) throws IOException {
        return JsonDocument.of(new ObjectMapper().readTree(json));
    }

    @Test
    void textAndTreeTellTheSame() throws IOException {
        JsonDocument document = document("{\"Name\": \"web\", \"Ports\": {\"80/tcp\": [null]}, \"Labels\": {}}");
        assertThat(document.text()).startsWith("[\n    {\n        \"Name\": \"web\",\n");
        assertThat(document.root().children())
                .extracting(entry -> entry.name() + " " + entry.value())
                .containsExactly("Name \"web\"", "Ports { 1 }", "Labels {}");
    }

    @Test
    void aSearchKnowsItsLinesAndItsWays() throws IOException {
        JsonDocument document = document("{\"Name\": \"web\", \"Aliases\": [\"db\", \"WEB01\"], \"Web\": 1}");
        assertThat(document.matchingEntries("web")).containsExactly(List.of(0), List.of(1, 1), List.of(2));
        assertThat(document.matchingLines("web")).hasSize(3);
        assertThat(document.matchingLines("")).isEmpty();
        assertThat(document.matchingEntries("no such thing")).isEmpty();
    }

    @Test
    void textThatWouldTurnTheDirectionOfWritingIsShownInert() throws IOException {
        String hostile = "a\u202eb\u0007";
        JsonDocument document = document("{\"" + hostile.replace("\u0007", "\\u0007") + "\": \"" + "\u202e\"}");
        assertThat(document.root().children()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("a\\u202eb\\u0007");
            assertThat(entry.value()).isEqualTo("\"\\u202e\"");
        });
        assertThat(document.lines()).noneMatch(line -> line.contains("\u202e"));
        assertThat(document.text()).contains("\u202e");
    }
}
