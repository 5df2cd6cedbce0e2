package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// From the making of a container to its removal, on the real kernel, and what is told of it.
class ContainerLifecycleTest extends ContainerLifecycleLab {
    @Test
    void whatIsMadeWithoutAStartWaitsForIt() throws Exception {
        Change.RunContainer run = shell("later", "sleep 600", "shop");
        lab.done(new Change.RunContainer(
                run.name(),
                run.image(),
                run.command(),
                run.networks(),
                run.ports(),
                run.exposed(),
                run.environment(),
                run.labels(),
                run.hostname(),
                run.domainname(),
                run.tty(),
                run.openStdin(),
                run.settings(),
                false));
        assertThat(container("later").state()).isEqualTo(Container.State.CREATED);
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");

        lab.done(new Change.StartContainer("later"));

        assertThat(inside("later", "ip -br addr")).contains("eth0");
    }

    @Test
    void aNameIsChangedAndTakenBackWithoutTouchingTheCommand() throws Exception {
        lab.done(shell("old", "sleep 600", "shop"));
        long pid = container("old").pid();

        lab.done(new Change.RenameContainer("old", "new"));
        assertThat(container("new").pid()).isEqualTo(pid);
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));

        assertThat(container("old").pid()).isEqualTo(pid);
    }

    @Test
    void oneThatRemovesItselfLeavesNothing() throws Exception {
        lab.done(shell("once", "exit 0", "shop")
                .withSettings(
                        new HostSettings(RestartPolicy.NO, false, true, List.of(), List.of(), List.of(), List.of())));

        await().untilAsserted(() ->
                assertThat(lab.controller().topology().containers()).isEmpty());
        assertThat(events()).contains("create", "connect shop", "start", "die 0", "disconnect shop", "destroy");
    }

    @Test
    void eachChangeIsToldOnceInDockersOrder() throws Exception {
        List<HostEvent> live = new CopyOnWriteArrayList<>();
        forget();
        try (AutoCloseable _ = lab.controller().events(live::add, _ -> {})) {
            lab.done(web("web", EndpointRequest.on("shop")));
            lab.done(new Change.Connect("web", EndpointRequest.on("back")));
            lab.done(new Change.Disconnect("back", "web"));
            lab.done(new Change.StopContainer("web"));
            lab.done(new Change.StartContainer("web"));
            lab.done(new Change.RenameContainer("web", "www"));
            lab.done(new Change.RemoveContainer("www", true));
            assertThat(events())
                    .containsExactly(
                            "create",
                            "connect shop",
                            "start",
                            "connect back",
                            "disconnect back",
                            "kill 15",
                            "die 0",
                            "disconnect shop",
                            "stop",
                            "connect shop",
                            "start",
                            "rename",
                            "kill 9",
                            "die 137",
                            "disconnect shop",
                            "destroy");
            await().untilAsserted(() -> assertThat(List.copyOf(live).stream().map(ContainerLifecycleTest::brief))
                    .containsExactlyElementsOf(events()));
        }
    }
}
