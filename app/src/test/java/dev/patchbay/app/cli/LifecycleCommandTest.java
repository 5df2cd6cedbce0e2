package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.RestartPolicy.Name;
import dev.patchbay.engine.container.StopMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The verbs of a container's life, as they are typed.
class LifecycleCommandTest extends SampleHostCommands {
    @Test
    void createIsARunThatDoesNotStart() {
        assertThat(type("create --name new --restart on-failure:3 --rm=false httpd:2.4")
                        .out())
                .isEqualTo(lines("subject"));
        assertThat(host.applied).singleElement().isInstanceOfSatisfying(Change.RunContainer.class, run -> {
            assertThat(run.start()).isFalse();
            assertThat(run.name()).isEqualTo("new");
            assertThat(run.settings().restart()).isEqualTo(new RestartPolicy(Name.ON_FAILURE, 3));
        });
    }

    @Test
    void restartAndStopTakeTheirTimeAndKillDoesNot() {
        assertThat(type("restart web01").out()).isEqualTo(lines("web01"));
        type("restart -t 3 web01");
        type("stop --time 0 web01 web02");
        assertThat(type("kill web01").out()).isEqualTo(lines("web01"));
        type("kill -s SIGKILL web01");
        type("kill --signal 9 web01");
        assertThat(host.applied)
                .containsExactly(
                        new Change.RestartContainer("web01", StopMode.GRACEFUL),
                        new Change.RestartContainer("web01", new StopMode(StopMode.SIGTERM, 3)),
                        new Change.StopContainer("web01", new StopMode(StopMode.SIGTERM, 0)),
                        new Change.StopContainer("web02", new StopMode(StopMode.SIGTERM, 0)),
                        new Change.StopContainer("web01", StopMode.KILL),
                        new Change.StopContainer("web01", StopMode.KILL),
                        new Change.StopContainer("web01", StopMode.KILL));
    }

    @Test
    void anotherSignalIsSentAndChangesNothing() {
        assertThat(type("kill -s hup web01")).isEqualTo(new CliResult(ExitCode.DONE, lines("web01"), ""));
        assertThat(type("kill -s nosuch web01").err())
                .isEqualTo(lines("Error response from daemon: Invalid signal: nosuch"));
        assertThat(type("kill -s 99 web01").err())
                .isEqualTo(lines("Error response from daemon: Cannot kill container: web01: The linux daemon does not"
                        + " support signal 99"));
        assertThat(host.applied).isEmpty();
    }

    @Test
    void renameWantsTwoNames() {
        type("rename web01 shop");
        assertThat(answer("", "rename", "web01", "").err())
                .isEqualTo(lines("Error: Neither old nor new names may be empty"));
        assertThat(host.applied).containsExactly(new Change.RenameContainer("web01", "shop"));
    }

    @Test
    void updateChangesTheRestartPolicyOfEach() {
        assertThat(type("update --restart unless-stopped web01 web02").out()).isEqualTo(lines("web01", "web02"));
        assertThat(type("update --restart nosuch web01").err())
                .isEqualTo(lines("Error response from daemon: invalid restart policy 'nosuch'"));
        RestartPolicy policy = new RestartPolicy(Name.UNLESS_STOPPED, 0);
        assertThat(host.applied)
                .containsExactly(
                        new Change.UpdateContainer("web01", policy), new Change.UpdateContainer("web02", policy));
    }

    @Test
    void whoIsNotThereIsNotWaitedFor() {
        assertThat(type("wait b").err()).isEqualTo(lines("Error response from daemon: No such container: b"));
    }

    @Test
    void containersArePrunedAfterAQuestion() {
        String question = "WARNING! This will remove all stopped containers." + System.lineSeparator()
                + "Are you sure you want to continue? [y/N] ";
        assertThat(answer("n\n", "container", "prune"))
                .isEqualTo(new CliResult(ExitCode.DONE, question + lines("Total reclaimed space: 0B"), ""));
        assertThat(host.applied).isEmpty();
        assertThat(answer("y\n", "container", "prune").out())
                .isEqualTo(question + lines("Deleted Containers:", "subject", "", "Total reclaimed space: 0B"));
        type("container prune -f --filter label!=keep --filter until=1h");
        assertThat(host.applied)
                .containsExactly(
                        new Change.PruneContainers(Map.of()),
                        new Change.PruneContainers(Map.of("label!", List.of("keep"), "until", List.of("1h"))));
    }
}
