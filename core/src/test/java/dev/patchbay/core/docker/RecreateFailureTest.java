package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RecreateTest.answers;
import static dev.patchbay.core.docker.RecreateTest.fromOutside;
import static dev.patchbay.core.docker.RecreateTest.inspect;
import static dev.patchbay.core.docker.RecreateTest.publishing;
import static dev.patchbay.core.docker.RecreateTest.unpublishing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where another container cannot take the place of one, the one is there as before.
class RecreateFailureTest extends RealEngineTest {

    private static void web(String... options) {
        engine.docker("network", "create", "--subnet", "10.60.0.0/24", "front");
        engine.onHost("docker -H " + engine.address() + " run -d --name web --network front --ip 10.60.0.9 -p 8080:80 "
                + String.join(" ", options) + " " + IMAGE);
        answers(8080);
    }

    /// The first container, with its own files, alone and at work.
    private static void isBack(String id) throws Exception {
        assertThat(inspect("web").path("Id").asText()).isEqualTo(id);
        assertThat(inspected("web", ".State.Status")).isEqualTo("running");
        assertThat(engine.docker("ps", "-aq").lines()).hasSize(1);
        answers(8080);
        assertThat(engine.docker("exec", "web", "cat", "/own")).isEqualTo("own");
    }

    private static String withOwnFile() throws Exception {
        engine.docker("exec", "web", "sh", "-c", "echo own >/own");
        return inspect("web").path("Id").asText();
    }

    @Test
    void aPortThatAProcessHasPutsTheOldOneBack() throws Exception {
        web("--restart always");
        String id = withOwnFile();
        String rules = rules();
        engine.onHost("busybox nc -l -p 8083 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; "
                + "until grep -q :1F93 /proc/net/tcp*; do :; done");
        Refusal refusal = refused(publishing("web", "8083:80"));
        assertThat(refusal.sentence()).contains("address already in use").doesNotContain("; and could not");
        engine.onHost("kill $(cat /run/listener)");
        isBack(id);
        assertThat(rules()).isEqualTo(rules);
        assertThat(controller.apply(HistoryAction.UNDO)).isInstanceOf(Outcome.Refused.class);
    }

    /// The new container lacks what the first one had made in its own files.
    @Test
    void aNewContainerThatEndsAtOncePutsTheOldOneBack() throws Exception {
        engine.onHost(
                "printf '#!/bin/sh\\n[ -e /ready ] || { echo nothing is ready; exit 7; }\\nexec httpd-foreground\\n'"
                        + " >/run/picky && chmod +x /run/picky");
        for (String policy : new String[] {"no", "always"}) {
            engine.docker("network", "create", "--subnet", "10.60.0.0/24", "front");
            engine.docker(
                    "create",
                    "--name",
                    "web",
                    "--network",
                    "front",
                    "--ip",
                    "10.60.0.9",
                    "-p",
                    "8080:80",
                    "--restart",
                    policy,
                    "-v",
                    "/run/picky:/picky",
                    IMAGE,
                    "/picky");
            engine.onHost("touch /run/ready; docker -H " + engine.address() + " cp /run/ready web:/ready");
            engine.docker("start", "web");
            answers(8080);
            String id = withOwnFile();
            Refusal refusal = refused(publishing("web", "8083:80"));
            assertThat(refusal.code()).isEqualTo("container-ended");
            assertThat(refusal.sentence())
                    .isEqualTo("the new container web ended at once with exit code 7: nothing is ready");
            isBack(id);
            assertThat(fromOutside(8083)).isEmpty();
            engine.docker("rm", "-f", "web");
            engine.docker("network", "rm", "front");
        }
    }

    /// Nothing is stopped for it: the first container serves on with the same process.
    @Test
    void whatTheEngineRefusesToCreateStopsNothing() throws Exception {
        web();
        String id = withOwnFile();
        String started = inspected("web", ".State.StartedAt");
        engine.docker("create", "--name", "web-patchbay-new", IMAGE);
        assertThat(refused(publishing("web", "8083:80")).sentence()).contains("is already in use by container");
        engine.docker("rm", "web-patchbay-new");
        engine.docker("run", "-d", "--name", "other", "--network", "front", "-p", "8083:80", IMAGE);
        Refusal taken = refused(publishing("web", "8083:80"));
        assertThat(taken.sentence()).contains("Bind for 0.0.0.0:8083 failed: port is already allocated");
        assertThat(taken.advice()).contains("Container other publishes it");
        engine.docker("rm", "-f", "other");
        assertThat(refused(publishing("web", "8080:80")).code()).isEqualTo("already-published");
        assertThat(refused(publishing("web", "8083:80,from=192.0.2.0/24")).code())
                .isEqualTo("docker-cannot");
        assertThat(refused(unpublishing("web", 9999)).code()).isEqualTo("not-published");
        Refusal own = refused(unpublishing("web", 8080).portChange());
        assertThat(own.sentence()).contains("Docker publishes this port itself");
        assertThat(own.advice()).contains("unpublish --recreate");
        isBack(id);
        assertThat(inspected("web", ".State.StartedAt")).isEqualTo(started);
    }

    /// While it waits for the first one to end.
    @Test
    void anEngineThatDiesOnTheWayLeavesTheOldOneAndAWordOfWhatWasDone() throws Exception {
        engine.docker("network", "create", "front");
        engine.docker(
                "run", "-d", "--name", "web", "--network", "front", "--stop-timeout", "15", IMAGE, "sleep", "999");
        String id = inspect("web").path("Id").asText();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> outcome = executor.submit(() -> controller.apply(publishing("web", "8083:80")));
            await().atMost(PATIENCE)
                    .until(() ->
                            engine.docker("ps", "-aqf", "name=web-patchbay-new").length() > 0);
            engine.kill();
            assertThatThrownBy(outcome::get)
                    .hasCauseInstanceOf(EngineException.class)
                    .hasMessageContaining("Done before, and not taken back: create container web-patchbay-new");
            engine.startAgain();
        }
        engine.docker("rm", "web-patchbay-new");
        engine.docker("start", "web");
        assertThat(inspect("web").path("Id").asText()).isEqualTo(id);
    }

    /// The name of its image may stand for another one by now.
    @Test
    void theImageIsTheSameAlthoughItsNameIsAnotherOnes() throws Exception {
        engine.docker("tag", IMAGE, "mine:1");
        engine.docker("network", "create", "front");
        engine.docker("run", "-d", "--name", "web", "--network", "front", "-p", "8080:80", "mine:1");
        String image = inspected("web", ".Image");
        engine.onHost("printf 'FROM " + IMAGE + "\\nCMD [\"false\"]\\n' | docker -H " + engine.address()
                + " build -q -t mine:1 -");
        assertThat(ok(controller.preview(publishing("web", "8083:80")))
                        .steps()
                        .getFirst()
                        .lines())
                .contains("- image: mine:1", "+ image: " + image + ", the same as now; mine:1 is another one");
        done(publishing("web", "8083:80"));
        answers(8083);
        assertThat(inspected("web", ".Image")).isEqualTo(image);
        ok(controller.apply(HistoryAction.UNDO));
        answers(8080);
        engine.docker("rmi", "mine:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rm | | made with --rm",
                "--network host | | network mode host",
                "--network none | | network mode none",
                "--network front --label com.docker.swarm.service.id=x | | belongs to a Swarm service",
                "--network front | --network container:web | other shares the network of web",
                "--network front | --pid container:web | other shares the processes of web",
                "--network bridge | --link web:w | other has a link to web",
                "--network bridge -P --expose 81 | | publishes every port",
            })
    void whatWouldLoseSomethingIsRefusedInASentence(String options, String others, String sentence) throws Exception {
        engine.docker("network", "create", "front");
        engine.onHost("docker -H " + engine.address() + " run -d --name web " + options + " " + IMAGE);
        if (others != null) {
            engine.onHost(
                    "docker -H " + engine.address() + " run -d --name other " + others + " " + IMAGE + " sleep 99");
        }
        String before = inspect("web").toString();
        String port =
                inspect("web").at("/NetworkSettings/Ports/81~1tcp/0/HostPort").asText("");
        Refusal refusal =
                refused(port.isEmpty() ? publishing("web", "8083:80") : unpublishing("web", Integer.parseInt(port)));
        assertThat(refusal.sentence()).contains(sentence);
        assertThat(refusal.advice()).isNotEmpty();
        assertThat(inspect("web").path("State"))
                .hasToString(new ObjectMapper().readTree(before).path("State").toString());
    }

    @Test
    void aPausedOneAndOneBehindInternalNetworksAreRefused() throws Exception {
        engine.docker("network", "create", "--internal", "vault");
        engine.docker("run", "-d", "--name", "web", "--network", "vault", IMAGE);
        assertThat(refused(publishing("web", "8083:80")).code()).isEqualTo("no-publishing-network");
        engine.docker("network", "connect", "bridge", "web");
        engine.docker("pause", "web");
        assertThat(refused(publishing("web", "8083:80")).sentence()).contains("is paused");
        assertThat(inspected("web", ".State.Status")).isEqualTo("paused");
        engine.docker("unpause", "web");
        done(publishing("web", "8083:80"));
        answers(8083);
    }
}
