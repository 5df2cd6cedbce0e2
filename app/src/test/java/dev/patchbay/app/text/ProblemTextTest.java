package dev.patchbay.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.drift.ProblemRegistry;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTextTest {
    private static final List<String> WORDS = List.of("pb-1", "web01", "shop", "eth7");
    private static final List<String> RULES =
            List.of("ip6tables", "2 rules are missing, 1 rule is too many", "0", "2", "1");

    @AfterEach
    void speakEnglishAgain() {
        Messages.setLanguage(Language.ENGLISH);
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void everyProblemIsASentenceInBothLanguages(ProblemKind kind) {
        Problem problem = new Problem(null, kind, words(kind), List.of());
        assertThat(ProblemText.of(problem)).isEqualTo(problem.sentence()).matches("[A-Z0-9].*[^.]");
        Messages.setLanguage(Language.GERMAN);
        assertThat(ProblemText.of(problem)).isNotEqualTo(problem.sentence()).matches("[A-Z0-9].*[^.]");
    }

    private static List<String> words(ProblemKind kind) {
        return switch (kind) {
            case RULES_CHANGED -> RULES;
            case FLOWS_ASTRAY -> List.of("3");
            case UNREADABLE -> List.of("2 addresses", "an attribute is cut short", "ADDRESS", "2");
            case ENGINE_PORT_LOST,
                    ENGINE_PORT_BLOCKED,
                    ENGINE_MASQUERADE_LOST,
                    ENGINE_FORWARD_LOST,
                    ENGINE_PORTS_UNCLOSED,
                    ENGINE_NETNS_OLD ->
                List.of("80/tcp", "IPv4", "`podman restart web01`", "command", "podman restart web01");
            case ENGINE_BRIDGE_GONE ->
                List.of("shop", "br-1", "`podman restart web01`", "command", "podman restart web01");
            case ENGINE_ISOLATION_LOST, ENGINE_BRIDGE_ADDRESS_LOST, ENGINE_CABLE_GONE ->
                List.of("shop", "other", "IPv4", "`podman restart web01`", "command", "podman restart web01");
            case ENGINE_BRIDGE_READDRESSED ->
                List.of("br-1", "shop", "10.0.0.1/24", "10.0.0.7/24", "`ip addr`", "command", "ip addr");
            default -> WORDS;
        };
    }

    @Test
    void rulesAreCountedInTheLanguageOfTheWindow() {
        Messages.setLanguage(Language.GERMAN);
        assertThat(ProblemText.of(new Problem(null, ProblemKind.RULES_CHANGED, RULES, List.of())))
                .isEqualTo("Patchbays ip6tables-Regeln sind nicht, wie sie sein sollen: 2 Regeln fehlen, 1 Regel ist zu"
                        + " viel");
    }

    @ParameterizedTest
    @EnumSource(Unreadable.Kind.class)
    void whatCannotBeReadIsCounted(Unreadable.Kind kind) {
        Unreadable one = new Unreadable(kind, "an attribute is cut short");
        for (List<Unreadable> all : List.of(List.of(one), List.of(one, one, one))) {
            Problem problem = ProblemRegistry.unreadableProblems(all).getFirst();
            Messages.setLanguage(Language.ENGLISH);
            assertThat(ProblemText.of(problem))
                    .isEqualTo(problem.sentence())
                    .startsWith(all.size() == 1 ? "One " : "3 ")
                    .endsWith(" could not be read: an attribute is cut short");
            Messages.setLanguage(Language.GERMAN);
            assertThat(ProblemText.of(problem)).matches("Nicht lesbar: (3 |eine ).* \\(an attribute is cut short\\)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "network shop not found, Network shop not found",
        "'invalid IPv4 address: ::1', 'Invalid IPv4 address: ::1'",
        "web01 is not running, web01 is not running",
        "02:42:ac:11:00:02 is not a valid mac address, 02:42:ac:11:00:02 is not a valid mac address",
        "'strconv.Atoi: parsing \"x\": invalid syntax', 'strconv.Atoi: parsing \"x\": invalid syntax'",
        "No such container: web, No such container: web",
    })
    void aRefusalStandsAlone(String said, String shown) {
        assertThat(RefusalText.of(Refusal.of("code", said))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "Network shop has active endpoints, Disconnect them first., Network shop has active endpoints. Disconnect them"
                + " first.",
        "Port 80 is taken., Choose another., Port 80 is taken. Choose another.",
        "No such container: web, '', No such container: web",
    })
    void anAdviceFollowsAWholeSentence(String sentence, String advice, String shown) {
        assertThat(RefusalText.joined(sentence, advice)).isEqualTo(shown);
    }
}
