package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.FakeEngine;
import dev.patchbay.core.docker.config.RegistryCredentials;
import dev.patchbay.core.docker.container.ContainerSteps;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.port.ExternalPublisher;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.status.ActivityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The lines of a pull, as the engines write them.
class PullTest {
    private final List<String> progress = new ArrayList<>();

    private Outcome pulled(String... lines) throws Exception {
        try (FakeEngine server = new FakeEngine();
                DockerEngine engine = server.connect()) {
            server.answer("/images/create", FakeEngine.json(200, String.join("\r\n", lines)));
            MachineAccess machine = MachineAccess.none();
            EngineSession session = new EngineSession(engine);
            PlanRunner runner = new PlanRunner(
                    engine,
                    new ExternalPublisher(session, machine),
                    new AttachedNetworkExecutor(session, machine),
                    new RegistryCredentials(Map.of("HOME", "/nonexistent"), false),
                    new EngineHistory(null),
                    progress::add);
            return runner.run(new DockerPlan("pull", List.of(ContainerSteps.pull("httpd"))), ActivityKind.ACTION, 0);
        }
    }

    @Test
    void dockersProgressIsShownLineByLine() throws Exception {
        Outcome outcome = pulled(
                "{\"status\":\"Pulling from library/httpd\",\"id\":\"latest\"}",
                "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":5,\"total\":9000000000},"
                        + "\"progress\":\"[\\u003e   ]  5B/9GB\",\"id\":\"0a1b\",\"future\":[1]}",
                "{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"0a1b\"}",
                "{\"status\":\"Status: Downloaded newer image for httpd:latest\"}");
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(progress)
                .containsExactly(
                        "pull image httpd:latest",
                        "latest: Pulling from library/httpd",
                        "0a1b: Downloading [>   ]  5B/9GB",
                        "0a1b: Pull complete",
                        "Status: Downloaded newer image for httpd:latest");
    }

    /// docker-java's own reader of these lines takes this for a failure, since none says that the image is there.
    @Test
    void podmansLastLineIsAnId() throws Exception {
        Outcome outcome = pulled("{\"status\":\"Copying blob\",\"progressDetail\":{}}", "{\"id\":\"0a1b\"}");
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(progress).containsExactly("pull image httpd:latest", "Copying blob", "0a1b: ");
    }

    @Test
    void anErrorInEitherWordIsARefusal() throws Exception {
        List<String> errors = List.of(
                "{\"error\":\"no such manifest\"}",
                "{\"errorDetail\":{\"message\":\"no such manifest\"}}",
                "{\"errorDetail\":{\"code\":1,\"message\":\"no such manifest\"},\"error\":\"no such manifest\"}");
        for (String error : errors) {
            Outcome outcome = pulled("{\"status\":\"Pulling\",\"id\":\"latest\"}", error);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(((Outcome.Refused) outcome).refusal().sentence()).isEqualTo("no such manifest");
            assertThat(((Outcome.Refused) outcome).refusal().code()).isEqualTo("image-not-found");
        }
    }
}
