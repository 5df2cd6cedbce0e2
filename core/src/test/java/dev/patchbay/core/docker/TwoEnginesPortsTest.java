package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A host port that Patchbay published for one engine's container, and that the other engine publishes later.
class TwoEnginesPortsTest extends BothEnginesTest {
    /// Each engine's picture has it: the one lacks what is published beside it, the other gets what is not its own.
    @Test
    void aPortThatTheOtherEngineTakesLaterIsAProblemInBothPictures() throws Exception {
        web("web", "--network", "shop");
        Id web = new Id(inspected("web", ".Id"));
        podman("run --detach --name early -p 8099:80 httpd:2.4");
        make(new Change.Publish("web", PortArgument.mapping("8090-8091:80-81")));
        answersOutside(8090);
        assertThat(contested(seeing)).isEmpty();
        assertThat(contested(podman)).isEmpty();

        podman("run --detach --name late -p 8090:80 httpd:2.4");
        podman("exec late sh -c 'echo late >/www/index.html'");
        Id late = new Id(podman("inspect --format {{.Id}} late"));
        answersOnHost("late");
        assertThat(contested(seeing)).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(web);
            assertThat(problem.sentence())
                    .startsWith("Port 8090/tcp that Patchbay publishes for web leads to " + late.shortForm() + ":");
        });
        assertThat(contested(podman)).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(late);
            assertThat(problem.sentence())
                    .startsWith("Port 8090/tcp that Patchbay publishes for " + web.shortForm() + " leads to late:");
            assertThat(problem.steps())
                    .as("half a mapping of another engine's container")
                    .isEmpty();
        });

        podman.repair(false);
        assertThat(contested(podman)).hasSize(1);
        assertThat(seeing.repair(false)).isNotEmpty();
        assertThat(contested(seeing)).isEmpty();
        assertThat(contested(podman)).isEmpty();
        assertThat(records().externalPublishes())
                .singleElement()
                .satisfies(external -> assertThat(external.port().hostPorts()).isEqualTo(PortRange.single(8091)));
        engine.docker("rm", "-f", "web");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records().externalPublishes()).isEmpty());
    }

    /// From outside, Docker's policy drops what is for a port of Podman's.
    private static void answersOnHost(String word) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("curl -s --max-time 3 http://198.51.100.2:8090/ || true"))
                        .contains(word));
    }

    private static List<Problem> contested(EngineHost controller) throws EngineException {
        return controller.topology().problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.ENGINE_PORT_SHADOWED
                        || problem.kind() == ProblemKind.ENGINE_PORT_TAKEN)
                .toList();
    }

    /// Podman makes its jump with its next container, and behind that of Patchbay's.
    @Test
    void aPortOfTheOtherEngineThatLeadsToOursIsItsProblemAndItsRepair() throws Exception {
        podman("run --rm httpd:2.4 true");
        engine.onHost("for hook in PREROUTING OUTPUT; do iptables -t nat -D $hook -m addrtype --dst-type LOCAL"
                + " -j NETAVARK-HOSTPORT-DNAT; done");
        web("web", "--network", "shop");
        make(new Change.Publish("web", PortArgument.mapping("8090:80")));
        podman("run --detach --name late -p 8090:80 httpd:2.4");
        podman("exec late sh -c 'echo late >/www/index.html'");
        Id late = new Id(podman("inspect --format {{.Id}} late"));
        answersOutside(8090);
        assertThat(contested(podman)).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(late);
            assertThat(problem.sentence()).startsWith("Port 8090/tcp that the engine publishes for late leads to ");
            assertThat(problem.steps()).hasSize(1);
        });
        assertThat(podman.repair(false)).isNotEmpty();
        answersOnHost("late");
        assertThat(contested(podman)).isEmpty();
        assertThat(records().externalPublishes()).isEmpty();
        engine.docker("rm", "-f", "web");
    }
}
