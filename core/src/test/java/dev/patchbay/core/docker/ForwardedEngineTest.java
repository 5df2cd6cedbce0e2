package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.protocol.Reply.ContainerPresence.NetnsLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A machine with a Docker of its own, and a socket there that leads to the Docker of another machine: both have a
/// docker0, and containers of the same names, addresses and process numbers. Nothing is changed here for the other
/// one.
class ForwardedEngineTest extends RealEngineTest {
    private static final String KERNEL = RealEngine.RULES + "; " + RealEngine.LINKS + "; " + RealEngine.ADDRESSES
            + "; grep . /proc/sys/net/ipv4/conf/*/route_localnet";

    private RealEngine far;
    private ForwardedSocket way;
    private Machine here;
    private EngineHost seeing;

    @BeforeEach
    void forwardTheSocket() throws Exception {
        far = RealEngine.start(Files.createDirectories(directory.resolve("far")));
        way = new ForwardedSocket(
                directory.resolve("forwarded.sock"), Path.of(far.address().substring("unix://".length())), "");
        here = engine.machine(directory);
        seeing = RealEngine.connect(
                new DockerHost("forwarded", way.address(), "test", ""), new LocalMachineAccess(here), progress::add);
    }

    @AfterEach
    void endIt() throws Exception {
        seeing.close();
        way.close();
        here.down();
        far.close();
    }

    private Refusal refusal(Change change) throws Exception {
        Outcome outcome = seeing.apply(change);
        assertThat(outcome).as(change.toString()).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    private static Change publish() throws Exception {
        return new Change.Publish("web", PortArgument.mapping("8090:80"));
    }

    @Test
    void nothingIsChangedHereForAnEngineBehindAForwardedSocket() throws Exception {
        assertThat(engine.onHost("ip -br link show docker0")).isNotEmpty();
        assertThat(far.onHost("ip -br link show docker0")).isNotEmpty();
        engine.docker("run", "-d", "--name", "web", IMAGE);
        far.docker("run", "-d", "--name", "web", IMAGE);
        String before = engine.onHost(KERNEL);

        Refusal refusal = refusal(publish());
        assertThat(refusal.sentence()).contains("only on the machine that the engine runs on");
        assertThat(refusal(Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY))
                        .sentence())
                .isEqualTo(refusal.sentence());
        assertThat(engine.onHost(KERNEL)).isEqualTo(before);

        assertThat(here.running())
                .as("a helper of this machine runs, and tells")
                .isPresent();
        assertThat(seeing.counters().chains()).isEmpty();
        assertThat(seeing.listeners()).isEmpty();
        assertThat(container(seeing.topology(), "web").running()).isTrue();
        try (EngineHost own = RealEngine.connect(engine.asHost(), new LocalMachineAccess(here), progress::add)) {
            ok(own.apply(publish()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.onHost(
                                    "ip netns exec outside curl -s --max-time 3 http://198.51.100.2:8090/ || true"))
                            .contains("It works!"));
            assertThat(refusal(publish()).sentence()).isEqualTo(refusal.sentence());
            ok(own.apply(HistoryAction.UNDO));
        }
        assertThat(engine.onHost(KERNEL)).isEqualTo(before);
    }

    @Test
    void withoutAContainerThatRunsNothingIsProvedAndNothingChanged() throws Exception {
        far.docker("create", "--name", "web", IMAGE);
        String before = engine.onHost(KERNEL);
        for (Change change : new Change[] {
            publish(), Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY)
        }) {
            Refusal refusal = refusal(change);
            assertThat(refusal.code()).isEqualTo("engine-unproved");
            assertThat(refusal.advice()).contains("Start one of its containers");
        }
        assertThat(engine.onHost(KERNEL)).isEqualTo(before);
    }

    @Test
    void aContainersProcessAndItsLinksTellWhereItRuns() throws Exception {
        far.docker("run", "-d", "--name", "web", IMAGE);
        Id ofFar = JsonValues.id(far.docker("inspect", "-f", "{{.Id}}", "web"));
        engine.docker("run", "-d", "--name", "alone", "--network", "none", IMAGE);
        engine.docker("run", "-d", "--name", "linked", IMAGE);
        engine.docker("run", "-d", "--name", "open", "--network", "host", IMAGE);
        engine.docker("run", "-d", "--name", "apart", "--network", "none", IMAGE);
        engine.onHost("ip netns add apart; ip link add pa0 type veth peer name pa1; ip link set pa0 netns apart;"
                + " ip link set pa1 netns " + inspected("apart", ".State.Pid"));
        try (HelperSession helper = HelperSession.connect(((HelperStart.Ready) here.up()).socket())) {
            for (String pid : List.of("1", "999999", inspected("linked", ".State.Pid"))) {
                assertThat(helper.locate(engine.address(), ofFar, Long.parseLong(pid)))
                        .isEqualTo(NetnsLocation.ELSEWHERE);
            }
            assertThat(place(helper, "linked", "linked")).isEqualTo(NetnsLocation.HERE);
            assertThat(place(helper, "open", "open")).isEqualTo(NetnsLocation.HERE);
            assertThat(place(helper, "alone", "alone")).isEqualTo(NetnsLocation.HERE_ALONE);
            assertThat(place(helper, "apart", "apart"))
                    .as("its link leads elsewhere")
                    .isEqualTo(NetnsLocation.ELSEWHERE);
            assertThat(place(helper, "linked", "open"))
                    .as("another one's process")
                    .isEqualTo(NetnsLocation.ELSEWHERE);
        } finally {
            engine.onHost("ip netns delete apart");
        }
    }

    private static NetnsLocation place(HelperSession helper, String container, String processOf) throws Exception {
        return helper.locate(
                engine.address(),
                JsonValues.id(inspected(container, ".Id")),
                Long.parseLong(inspected(processOf, ".State.Pid")));
    }
}
