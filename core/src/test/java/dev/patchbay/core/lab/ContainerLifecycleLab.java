package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.RestartPolicy.Name;
import dev.patchbay.engine.spec.SandboxSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// A Lab with two networks, and what tests of the life of containers ask of it. Nothing is left after each of them.
@TestInstance(Lifecycle.PER_CLASS)
abstract class ContainerLifecycleLab {
    @TempDir
    static Path home;

    RealLab lab;

    long told;

    @BeforeAll
    void build() throws Exception {
        lab = new RealLab(home);
        lab.done(Change.CreateNetwork.named("shop"));
        lab.done(Change.CreateNetwork.named("back"));
    }

    @AfterEach
    void removeContainers() throws EngineException {
        for (Container container : lab.controller().topology().containers()) {
            lab.done(new Change.RemoveContainer(container.id().value(), true));
        }
        assertThat(lab.controller().repair(true)).isEmpty();
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");
    }

    @AfterAll
    void end() throws EngineException {
        lab.close();
    }

    static Change.RunContainer shell(String name, String script, String... networks) {
        List<EndpointRequest> places = new ArrayList<>();
        for (String network : networks) {
            places.add(EndpointRequest.on(network));
        }
        return Change.RunContainer.of(name, "host", List.of("sh", "-c", script), places);
    }

    static Change.RunContainer web(String name, EndpointRequest... places) {
        return Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(places));
    }

    static HostSettings policy(Name name, int most) {
        return HostSettings.DEFAULT.withRestart(new RestartPolicy(name, most));
    }

    Container container(String name) throws EngineException {
        return lab.controller().topology().containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void awaitState(String name, Container.State state) {
        await().untilAsserted(() -> assertThat(container(name).state()).isEqualTo(state));
    }

    String namespace(String name) throws EngineException {
        return lab.state().specs().stream()
                .filter(SandboxSpec.class::isInstance)
                .map(SandboxSpec.class::cast)
                .filter(sandbox -> sandbox.name().equals(name))
                .findFirst()
                .orElseThrow()
                .netnsName();
    }

    String inside(String name, String command) throws EngineException {
        return lab.onHost("ip netns exec " + namespace(name) + " " + command);
    }

    String log(String name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lab.controller().log(name, new LogQuery(LogQuery.ALL, false), out, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    void forget() throws EngineException {
        told = lab.controller().events().size();
    }

    List<String> events() throws EngineException {
        return lab.controller().events().stream()
                .skip(told)
                .map(ContainerLifecycleTest::brief)
                .toList();
    }

    static String brief(HostEvent event) {
        String more =
                event.attributes().getOrDefault("signal", event.attributes().getOrDefault("exitCode", ""));
        String name =
                event.kind() == HostEvent.Kind.NETWORK ? event.attributes().getOrDefault("name", "") : more;
        return (event.action() + " " + name).strip();
    }
}
