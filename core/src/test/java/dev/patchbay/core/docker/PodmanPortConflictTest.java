package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RealEngineTest.IMAGE;
import static dev.patchbay.core.docker.RealEngineTest.PATIENCE;
import static dev.patchbay.core.docker.RealEngineTest.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Podman publishes a host port that Patchbay published before. Its rules come first or last, as its jump was made
/// before or after Patchbay's: what is said of it is what a packet finds.
class PodmanPortConflictTest extends PodmanHostTest {
    private static final String WEB = "It works!";

    private static final String JUMP = " -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT";

    /// Podman makes its jump with its next container, and at the end.
    @BeforeEach
    void withoutPodmansJump() {
        engine.podman("run", "-d", "--name", "web", IMAGE);
        engine.onHost("for hook in PREROUTING OUTPUT; do iptables -t nat -D $hook" + JUMP + "; done");
    }

    private void publish(String mapping) throws Exception {
        ok(seeing.apply(new Change.Publish("web", PortArgument.mapping(mapping))));
    }

    /// A container whose server answers with its name.
    private static Id rival(String name, String port) {
        engine.podman("run", "-d", "--name", name, "-p", port, IMAGE);
        engine.podman("exec", name, "sh", "-c", "echo " + name + " >/www/index.html");
        return new Id(engine.podman("inspect", "-f", "{{.Id}}", name));
    }

    private static void answers(String from, String address, String word) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(engine.onHost(from + " curl -s --max-time 3 http://" + address + "/ || true"))
                                .contains(word));
    }

    private static void answersOutside(int port, String word) {
        answers("ip netns exec outside", "198.51.100.2:" + port, word);
    }

    private List<Problem> contested() throws Exception {
        return seeing.topology().problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.ENGINE_PORT_SHADOWED
                        || problem.kind() == ProblemKind.ENGINE_PORT_TAKEN)
                .toList();
    }

    private void nothingIsPublishedBeside() throws Exception {
        try (HelperSession records = HelperSession.connect(helper())) {
            assertThat(records.state().specs().externalPublishes()).isEmpty();
        }
        assertThat(engine.onHost("iptables-save")).doesNotContain("PATCHBAY");
    }

    @Test
    void podmansRulesThatComeLastAreNotReached() throws Exception {
        publish("8090:80");
        Id late = rival("late", "8090:80");
        answersOutside(8090, WEB);

        assertThat(contested()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(late);
            assertThat(problem.sentence())
                    .isEqualTo("Port 8090/tcp that the engine publishes for late leads to web: Patchbay publishes it,"
                            + " too, and its rules come first");
            assertThat(problem.steps())
                    .singleElement()
                    .satisfies(
                            step -> assertThat(step.lines()).containsExactly("patchbay unpublish web 0.0.0.0:8090:"));
        });
        assertThat(seeing.repair(false)).isNotEmpty();
        answersOutside(8090, "late");
        assertThat(contested()).isEmpty();
        nothingIsPublishedBeside();
    }

    @Test
    void podmansRulesThatComeFirstAreReached() throws Exception {
        rival("first", "8099:80");
        publish("8090:80");
        answersOutside(8090, WEB);
        assertThat(contested()).isEmpty();
        rival("late", "8090:80");
        answersOutside(8090, "late");

        assertThat(contested()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(new Id(engine.podman("inspect", "-f", "{{.Id}}", "web")));
            assertThat(problem.sentence())
                    .isEqualTo("Port 8090/tcp that Patchbay publishes for web leads to late: an engine publishes it,"
                            + " too, and its rules come first");
        });
        assertThat(seeing.repair(false)).isNotEmpty();
        answersOutside(8090, "late");
        assertThat(contested()).isEmpty();
        nothingIsPublishedBeside();
    }

    /// A port on one address is a problem where Patchbay's on every address is asked first, and none where not.
    @Test
    void aPortOnOneAddressIsJudgedByWhatIsReachedThere() throws Exception {
        publish("8090-8092:79-81");
        rival("late", "127.0.0.1:8091:80");
        answers("", "127.0.0.1:8091", WEB);
        assertThat(contested())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence())
                        .startsWith("Port 8091/tcp that the engine publishes for late leads to web:"));
        assertThat(seeing.repair(false)).isNotEmpty();
        answers("", "127.0.0.1:8091", "late");
        assertThat(contested()).isEmpty();

        ok(seeing.apply(new Change.Publish("web", PortArgument.mapping("8093:80"))));
        rival("again", "127.0.0.1:8093:80");
        engine.onHost("for hook in PREROUTING OUTPUT; do iptables -t nat -D $hook" + JUMP
                + " && iptables -t nat -I $hook" + JUMP + "; done");
        answers("", "127.0.0.1:8093", "again");
        answersOutside(8093, WEB);
        assertThat(contested()).isEmpty();
    }
}
