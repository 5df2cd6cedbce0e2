package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.RegistryCredentials;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.port.ExternalPublisher;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Docker publishes a host port that Patchbay published beside it before: Docker's is reached, and that is said.
class ShadowedPortTest extends AttachedNetworkEngineTest {
    private void publish(String container, String mapping) throws Exception {
        make(new Change.Publish(container, PortArgument.mapping(mapping)));
    }

    /// A container whose server answers with its name.
    private static void rival(String name, String port) {
        web(name, "--network", "shop", "-p", port);
        engine.docker("exec", name, "sh", "-c", "echo " + name + " >/www/index.html");
    }

    private static void answersOutside(int port, String word) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("ip netns exec outside curl -s --max-time 3"
                                + " http://198.51.100.2:" + port + "/ || true"))
                        .contains(word));
    }

    private List<Problem> shadowed() throws Exception {
        return seeing.topology().problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.ENGINE_PORT_SHADOWED)
                .toList();
    }

    private List<String> recordedPorts() throws Exception {
        try (HelperSession records = HelperSession.connect(helper())) {
            return records.state().specs().externalPublishes().stream()
                    .map(ExternalPublishSpec::port)
                    .map(port -> port.hostPorts().toString())
                    .toList();
        }
    }

    @Test
    void aPortThatDockerTakesLaterIsAProblemAndIsTakenBackByOneRepair() throws Exception {
        web("web", "--network", "shop");
        String before = everything();
        publish("web", "8090:80");
        answersOutside(8090, WORKS);
        assertThat(shadowed()).isEmpty();

        rival("late", "8090:80");
        answersOutside(8090, "late");
        assertThat(shadowed()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(new Id(inspected("web", ".Id")));
            assertThat(problem.sentence())
                    .isEqualTo("Port 8090/tcp that Patchbay publishes for web leads to late: an engine publishes it,"
                            + " too, and its rules come first");
            assertThat(problem.steps())
                    .singleElement()
                    .satisfies(
                            step -> assertThat(step.lines()).containsExactly("patchbay unpublish web 0.0.0.0:8090:"));
        });
        String both = everything();
        assertThat(seeing.repair(true))
                .anySatisfy(step -> assertThat(step.lines()).contains("patchbay unpublish web 0.0.0.0:8090:"));
        assertThat(everything()).isEqualTo(both);

        assertThat(seeing.repair(false)).isNotEmpty();
        assertThat(shadowed()).isEmpty();
        assertThat(recordedPorts()).isEmpty();
        assertThat(everything()).doesNotContain("PATCHBAY-FORWARDS");
        answersOutside(8090, "late");

        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(shadowed()).hasSize(1);
        engine.docker("rm", "-f", "late");
        answersOutside(8090, WORKS);
        assertThat(shadowed()).isEmpty();
        engine.docker("rm", "-f", "web");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recordedPorts()).isEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).isEqualTo(before));
    }

    @Test
    void whatStillAnswersIsLeftAlone() throws Exception {
        web("web", "--network", "shop");
        publish("web", "8090:80");
        rival("late", "127.0.0.1:8090:80");
        answersOutside(8090, WORKS);
        assertThat(shadowed()).isEmpty();
        assertThat(seeing.repair(false)).isEmpty();

        publish("web", "8100-8102:79-81");
        rival("db", "8100:80");
        answersOutside(8100, "db");
        assertThat(shadowed()).hasSize(1);
        seeing.repair(false);
        assertThat(recordedPorts()).containsExactlyInAnyOrder("8090", "8101-8102");
        answersOutside(8101, WORKS);
        assertThat(shadowed()).isEmpty();
        engine.docker("rm", "-f", "web", "late", "db");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recordedPorts()).isEmpty());
    }

    /// An engine that takes one address of the host takes no other: also where it is the one that is listed first.
    @Test
    void aPortThatDockerTakesOnOneAddressStillAnswersOnTheOthers() throws Exception {
        engine.onHost("ip address add 198.51.100.3/24 dev eth0");
        web("web", "--network", "shop");
        publish("web", "8090:80");
        List<String> addresses = engine.onHost("ip -4 -o address show scope global | awk '{print $4}' | cut -d/ -f1")
                .lines()
                .toList();
        assertThat(addresses).contains("198.51.100.2", "198.51.100.3");
        for (String address : addresses) {
            rival("late", address + ":8090:80");
            answersOnHost(address, "late");
            addresses.stream().filter(other -> !other.equals(address)).forEach(other -> answersOnHost(other, WORKS));
            assertThat(shadowed()).as(address).isEmpty();
            engine.docker("rm", "-f", "late");
        }
        assertThat(seeing.repair(false)).isEmpty();
        assertThat(recordedPorts()).containsExactly("8090");
        engine.docker("rm", "-f", "web");
        engine.onHost("ip address del 198.51.100.3/24 dev eth0");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recordedPorts()).isEmpty());
    }

    /// Whoever wrote it may want it so, and it goes as it came: the port is Patchbay's again then.
    @Test
    void aPortThatARuleByHandLeadsElsewhereIsSaidAndKept() throws Exception {
        web("web", "--network", "shop");
        publish("web", "8090:80");
        String rule = " PREROUTING -p tcp --dport 8090 -j DNAT --to-destination 198.51.100.1:80";
        engine.onHost("iptables -t nat -I" + rule);
        assertThat(seeing.topology().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(new Id(inspected("web", ".Id")));
            assertThat(problem.sentence())
                    .isEqualTo("Port 8090/tcp that Patchbay publishes for web leads to 198.51.100.1:80: a rule that is"
                            + " not Patchbay's comes first");
            assertThat(problem.steps()).isEmpty();
        });
        String diverted = everything();
        assertThat(seeing.repair(false)).isEmpty();
        assertThat(recordedPorts()).containsExactly("8090");
        assertThat(everything()).isEqualTo(diverted);

        engine.onHost("iptables -t nat -D" + rule);
        answersOutside(8090, WORKS);
        assertThat(seeing.topology().problems()).isEmpty();
        engine.docker("rm", "-f", "web");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recordedPorts()).isEmpty());
    }

    private static void answersOnHost(String address, String word) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(engine.onHost("curl -s --max-time 3 http://" + address + ":8090/ || true"))
                                .contains(word));
    }

    /// Two clients see the same problem, and each draws its plan before the other has done anything.
    @Test
    void whatTwoRepairAtOnceIsRepairedOnce() throws Exception {
        web("web", "--network", "shop");
        publish("web", "8100-8102:79-81");
        rival("db", "8101:80");
        Change withdrawal = new Change.Unpublish("web", null, PortRange.single(8101), null, Protocol.TCP);
        try (DockerEngine api = DockerEngine.connect(engine.address());
                LocalMachineAccess side = new LocalMachineAccess(machine)) {
            EngineSession session = new EngineSession(api);
            ExternalPublisher externalPublisher = new ExternalPublisher(session, side);
            AttachedNetworkExecutor attachedNetworks = new AttachedNetworkExecutor(session, side);
            CurrentPlans plans =
                    new CurrentPlans(session, new EngineCapabilities(api, externalPublisher, attachedNetworks));
            PlanRunner actions = new PlanRunner(
                    api,
                    externalPublisher,
                    attachedNetworks,
                    new RegistryCredentials(Map.of(), false),
                    new EngineHistory(null),
                    progress::add);
            List<DockerPlan> drawn = List.of(
                    plans.plan(withdrawal, Id.random()),
                    plans.plan(withdrawal, Id.random()),
                    plans.plan(withdrawal, Id.random()));
            ok(actions.run(drawn.get(0), ActivityKind.ACTION, 0));
            String once = everything();
            ok(actions.run(drawn.get(1), ActivityKind.ACTION, 0));
            assertThat(recordedPorts()).containsExactlyInAnyOrder("8100", "8102");
            assertThat(everything()).isEqualTo(once);

            engine.docker("stop", "-t", "1", "web");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(everything()).doesNotContain("PATCHBAY-FORWARDS"));
            ok(actions.run(drawn.get(2), ActivityKind.ACTION, 0));
            assertThat(recordedPorts()).containsExactlyInAnyOrder("8100", "8102");
            assertThat(refusal(new Change.Publish("web", PortArgument.mapping("127.0.0.1:8102:80")))
                            .code())
                    .isEqualTo("port-taken");
        }
        engine.docker("start", "web");
        answersOutside(8101, "db");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).contains("--dport 8102 "));
        engine.docker("rm", "-f", "web", "db");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recordedPorts()).isEmpty());
    }

    @Test
    void repairThatIsPressedTwiceIsDoneOnce() throws Exception {
        web("web", "--network", "shop");
        publish("web", "8100-8102:79-81");
        rival("db", "8101:80");
        try (EngineHost other = seeing();
                ExecutorService second = Executors.newSingleThreadExecutor()) {
            assertThat(other.topology().problems()).isNotEmpty();
            Future<List<PlannedStep>> pressed = second.submit(() -> other.repair(false));
            seeing.repair(false);
            pressed.get();
        }
        assertThat(recordedPorts()).containsExactlyInAnyOrder("8100", "8102");
        assertThat(shadowed()).isEmpty();
        engine.docker("rm", "-f", "web", "db");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recordedPorts()).isEmpty());
    }
}
