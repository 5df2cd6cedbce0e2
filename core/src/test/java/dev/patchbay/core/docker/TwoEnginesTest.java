package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.docker.driver.RemoteDriver;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Docker and Podman on one machine, with one helper: what is beside the one is never judged by what the other says.
class TwoEnginesTest extends BothEnginesTest {
    /// Processes that follow an engine for this machine.
    private List<ProcessHandle> followers() throws IOException {
        List<ProcessHandle> alive = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(machine.driver().directory(), "follower-*.json")) {
            for (Path file : files) {
                String recorded;
                try {
                    recorded = Files.readString(file);
                } catch (NoSuchFileException _) {
                    // It has ended since the directory was read.
                    continue;
                }
                long pid = new ObjectMapper().readTree(recorded).path("pid").asLong();
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).ifPresent(alive::add);
            }
        }
        return alive;
    }

    @Test
    void whatOneEngineDoesNotKnowIsNotGone() throws Exception {
        web("web", "--network", "shop");
        podman("run --detach --name web httpd:2.4");
        Id ofDocker = new Id(inspected("web", ".Id"));
        Id ofPodman = new Id(podman("inspect --format {{.Id}} web"));
        lane("lane", "10.78.0.0/24");
        make(connect("web", "lane"));
        ok(podman.apply(connect("web", "lane")));
        make(new Change.Publish("web", PortArgument.mapping("8090:80")));
        ok(podman.apply(new Change.Publish("web", PortArgument.mapping("8091:80"))));
        answers("10.78.0.2");
        answers("10.78.0.3");
        answersOutside(8090);
        answersOutside(8091);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(followers()).hasSize(2));
        assertThat(refusal(new Change.Publish("web", PortArgument.mapping("8091:80")))
                        .advice())
                .contains("Container " + ofPodman.shortForm() + " publishes it");

        for (int restart = 0; restart < 3; restart++) {
            engine.docker("restart", "-t", "1", "web");
            podman("restart --time 1 web");
            answers("10.78.0.2");
            answers("10.78.0.3");
            answersOutside(8090);
            answersOutside(8091);
        }
        assertThat(records().sandboxes()).extracting(SandboxSpec::id).containsExactlyInAnyOrder(ofDocker, ofPodman);

        engine.docker("rm", "-f", "web");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records().sandboxes())
                        .extracting(SandboxSpec::id)
                        .containsExactly(ofPodman));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records().externalPublishes())
                        .singleElement()
                        .satisfies(
                                external -> assertThat(external.containerId()).isEqualTo(ofPodman)));
        answers("10.78.0.3");
        answersOutside(8091);
        assertThat(outside(8090)).isEmpty();
        // What is done beside Docker looks at what became of its containers as well.
        web("db", "--network", "shop");
        make(connect("db", "lane"));
        assertThat(records().sandboxes()).extracting(SandboxSpec::id).contains(ofPodman);
        make(new Change.Disconnect("lane", "db"));
        answers("10.78.0.3");
        podman("restart --time 1 web");
        answers("10.78.0.3");
        answersOutside(8091);

        podman("rm --force --time 0 web");
        laneIsTheLast();
        assertThat(everything()).doesNotContain("PATCHBAY", "pb-", "pbv");
    }

    /// Its engine may never come back.
    @Test
    void whatAnotherEnginesContainerHasIsTakenBackByHand() throws Exception {
        podman("run --detach --name web httpd:2.4");
        Id ofPodman = new Id(podman("inspect --format {{.Id}} web"));
        String process = podman("inspect --format {{.State.Pid}} web");
        ok(podman.apply(Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY)));
        ok(podman.apply(connect("web", "lane")));
        ok(podman.apply(new Change.Publish("web", PortArgument.mapping("8091:80"))));
        answers("10.78.0.2");
        answersOutside(8091);
        assertThat(refusal(new Change.RemoveNetwork("lane")).sentence()).contains("has active endpoints");
        assertThat(refusal(new Change.Disconnect("lane", "nobody")).code()).isEqualTo("container-not-found");
        assertThat(refusal(unpublish(ofPodman, 8090)).code()).isEqualTo("container-not-found");

        make(unpublish(ofPodman, 8091));
        assertThat(outside(8091)).isEmpty();
        assertThat(records().externalPublishes()).isEmpty();
        assertThat(refusal(seeing.apply(HistoryAction.UNDO))).contains("the container is another engine's");
        make(new Change.Disconnect("lane", "web"));
        assertThat(engine.onHost("nsenter -t " + process + " -n ip -o link")).doesNotContain("pb0");
        assertThat(refusal(seeing.apply(HistoryAction.UNDO))).contains("the container is another engine's");
        make(new Change.RemoveNetwork("lane"));
        nothingIsRecorded();
        assertThat(everything()).doesNotContain("PATCHBAY", "pb-", "pbv");
    }

    @Test
    void aPortDoesNotLeadToWhoHasTheAddressNext() throws Exception {
        web("web", "--network", "none");
        Id ofDocker = new Id(inspected("web", ".Id"));
        lane("lane", "10.78.0.0/24");
        make(connect("web", "lane"));
        make(new Change.Publish("web", PortArgument.mapping("8090:80")));
        answersOutside(8090);
        podman("run --detach --name db httpd:2.4");

        ok(podman.apply(new Change.Disconnect("lane", ofDocker.shortForm())));
        ok(podman.apply(connect("db", "lane")));
        answers("10.78.0.2");
        assertThat(engine.onHost("iptables-save")).doesNotContain("8090");
        assertThat(outside(8090)).isEmpty();

        engine.docker("rm", "-f", "web");
        podman("rm --force --time 0 db");
        laneIsTheLast();
    }

    /// Once its containers are gone, nothing but the network is recorded, and nothing at all without it.
    private void laneIsTheLast() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records().all())
                        .extracting(spec -> spec.getClass().getSimpleName())
                        .containsExactly("NetworkSpec"));
        make(new Change.RemoveNetwork("lane"));
        nothingIsRecorded();
    }

    private static Change unpublish(Id container, int port) {
        return new Change.Unpublish(container.shortForm(), null, PortRange.single(port), null, Protocol.TCP);
    }

    private static String refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal().sentence();
    }

    @Test
    void nobodyFollowsEitherAfterHostDown() throws Exception {
        web("web", "--network", "shop");
        podman("run --detach --name web httpd:2.4");
        make(new Change.Publish("web", PortArgument.mapping("8090:80")));
        ok(podman.apply(new Change.Publish("web", PortArgument.mapping("8091:80"))));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(followers()).hasSize(2));
        machine.down();
        assertThat(followers()).isEmpty();
        seeing.close();
        podman.close();
        seeing = seeing();
        connectToPodman();
        make(Change.Unpublish.single("web", 8090, 80, Protocol.TCP));
        ok(podman.apply(Change.Unpublish.single("web", 8091, 80, Protocol.TCP)));
        nothingIsRecorded();
    }

    /// The one is Docker's by the driver; the other is nobody's, and of use for both.
    @Test
    void aNetworkThatDockerMadeIsNoneForPodman() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        try (RemoteDriver _ = RemoteDriver.open(engine.onHostPath(Path.of("/run/docker/plugins")), machine)) {
            engine.docker("network", "create", "-d", "patchbay", "--subnet", "10.79.0.0/24", "driven");
            Id driven = new Id(engine.docker("network", "inspect", "-f", "{{.Id}}", "driven"));
            assertThat(records().find(driven)).isNotNull();
            assertThat(podman.topology().networks()).extracting(Network::id).doesNotContain(driven);
            assertThat(network(podman.topology(), "lane").attached()).isTrue();
            Outcome removal = podman.apply(new Change.RemoveNetwork(driven.shortForm()));
            assertThat(removal).isInstanceOf(Outcome.Refused.class);
            assertThat(records().find(driven)).isNotNull();
            engine.docker("network", "rm", "driven");
        }
        ok(podman.apply(new Change.RemoveNetwork("lane")));
        nothingIsRecorded();
    }
}
