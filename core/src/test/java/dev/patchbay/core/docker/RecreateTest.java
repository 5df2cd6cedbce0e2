package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Containers that a real engine makes anew with other ports: all that they were made with is there again, and
/// whatever goes wrong, the first one runs on.
class RecreateTest extends RealEngineTest {
    static final String WORKS = "It works!";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What is each container's own, whoever makes it.
    private static final List<String> OWN = List.of(
            "/Id",
            "/Created",
            "/State/",
            "/ExecIDs",
            "/ResolvConfPath",
            "/HostnamePath",
            "/HostsPath",
            "/LogPath",
            "/GraphDriver/",
            "/NetworkSettings/SandboxID",
            "/NetworkSettings/SandboxKey",
            "/NetworkSettings/Ports/");

    static Change.Recreate publishing(String container, String mapping) throws Exception {
        return new Change.Recreate(new Change.Publish(container, PortArgument.mapping(mapping)));
    }

    static Change.Recreate unpublishing(String container, int hostPort) {
        return new Change.Recreate(
                new Change.Unpublish(container, null, PortRange.single(hostPort), null, Protocol.TCP));
    }

    static JsonNode inspect(String container) throws Exception {
        return JSON.readTree(engine.docker("inspect", container)).get(0);
    }

    /// Pointers to what the documents differ in.
    private static List<String> differing(JsonNode before, JsonNode after) {
        Map<String, String> first = values(before);
        Map<String, String> second = values(after);
        return Stream.concat(first.keySet().stream(), second.keySet().stream())
                .distinct()
                .filter(key -> OWN.stream().noneMatch(key::startsWith) && !key.contains("/EndpointID"))
                .filter(key -> !String.valueOf(first.get(key)).equals(second.get(key)))
                .sorted()
                .toList();
    }

    /// By their pointers. Each container has its own short id as an alias.
    private static Map<String, String> values(JsonNode document) {
        String shortId = document.path("Id").asText().substring(0, 12);
        Map<String, String> values = flat("", document, new TreeMap<>());
        values.replaceAll((key, value) -> key.endsWith("/Aliases") ? value.replace(shortId, "short id") : value);
        return values;
    }

    private static Map<String, String> flat(String pointer, JsonNode node, Map<String, String> flat) {
        if (node.isObject()) {
            node.properties().forEach(entry -> flat(pointer + "/" + entry.getKey(), entry.getValue(), flat));
        } else if (node.isArray()) {
            List<String> values = new ArrayList<>();
            node.forEach(value -> values.add(value.toString()));
            // Docker lists mounts in another order each time.
            flat.put(pointer, values.stream().sorted().toList().toString());
        } else {
            flat.put(pointer, node.toString());
        }
        return flat;
    }

    static String fromOutside(int port) {
        return engine.onHost("ip netns exec outside curl -s --max-time 3 http://198.51.100.2:" + port + "/ || true");
    }

    static void answers(int port) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fromOutside(port)).contains(WORKS));
    }

    /// With everything that a container can be made with and a test can look at.
    private static void shop() {
        engine.docker("network", "create", "--subnet", "10.60.0.0/24", "front");
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "back");
        engine.onHost("mkdir -p /run/bound && echo bound >/run/bound/file");
        engine.docker(Stream.of(
                        "run -d --name shop --network front --ip 10.60.0.9 --mac-address 02:42:0a:3c:00:77",
                        "--network-alias web --network-alias www -p 8080:80 -p 127.0.0.1:8443:443/tcp",
                        "-e COLOUR=green -e EMPTY= -v /run/bound:/bound:ro -v named:/named -v /unnamed",
                        "--mount type=volume,target=/unnamed2 --tmpfs /quick:size=1m --label tier=front",
                        "--label com.docker.compose.project=demo --restart on-failure:4 --cap-add NET_ADMIN",
                        "--cap-drop MKNOD --user 0:0 --workdir /www --hostname shop-host --domainname lan",
                        "--dns 198.51.100.1 --dns-search lan --add-host db:10.61.0.50 --memory 64m --init",
                        "--cpus 0.5 --ulimit nofile=512:512 --sysctl net.ipv4.ip_forward=0 --expose 9000/udp",
                        "--stop-timeout 3 --stop-signal TERM --log-opt max-size=1m --security-opt",
                        "no-new-privileges --health-cmd true --health-interval 1s --read-only=false",
                        "--shm-size 8m --oom-score-adj 100 --pids-limit 50 --group-add 5",
                        IMAGE + " httpd-foreground")
                .flatMap(words -> Stream.of(words.split(" ")))
                .toArray(String[]::new));
        engine.docker("network", "connect", "--ip", "10.61.0.7", "--alias", "inner", "back", "shop");
        engine.docker("exec", "shop", "sh", "-c", "echo kept >/unnamed/file; echo kept2 >/unnamed2/file");
    }

    @Test
    void everythingButThePortsStaysAndIsTakenBackWhole() throws Exception {
        shop();
        answers(8080);
        JsonNode before = inspect("shop");
        String rules = rules();

        Outcome.Done preview = ok(controller.preview(publishing("shop", "8090:80")));
        assertThat(inspect("shop").path("Id")).isEqualTo(before.path("Id"));
        assertThat(preview.title()).isEqualTo("patchbay publish --recreate shop 8090:80");
        assertThat(preview.steps().getFirst().lines())
                .contains(
                        "- ports: 127.0.0.1:8443->443/tcp, 0.0.0.0:8080->80/tcp",
                        "+ ports: 127.0.0.1:8443->443/tcp, 0.0.0.0:8080->80/tcp, 0.0.0.0:8090->80/tcp",
                        "  network: front (10.60.0.9, aliases web www)",
                        "  network: back (10.61.0.7, aliases inner)",
                        "  restart policy: on-failure",
                        "  files: none of its own (docker diff shop)")
                .anyMatch(line -> line.startsWith("  mount: /unnamed (volume ") && line.endsWith(", named from now on"))
                .noneMatch(line -> line.startsWith("- hostname") || line.startsWith("- address"));

        Outcome.Done done = done(publishing("shop", "8090:80"));
        assertThat(done.steps()).isEqualTo(preview.steps());
        JsonNode after = inspect("shop");
        assertThat(done.output())
                .isEqualTo(after.path("Id").asText())
                .isNotEqualTo(before.path("Id").asText());
        assertThat(differing(before, after))
                .containsExactly("/HostConfig/Mounts", "/HostConfig/PortBindings/80/tcp", "/Mounts");
        answers(8080);
        answers(8090);
        assertThat(engine.docker("port", "shop")).contains("0.0.0.0:8090");
        assertThat(engine.docker("exec", "shop", "cat", "/unnamed/file", "/unnamed2/file", "/bound/file"))
                .isEqualTo("kept\nkept2\nbound");
        assertThat(engine.docker("ps", "-aq").lines()).hasSize(1);

        ok(controller.apply(HistoryAction.UNDO));
        assertThat(differing(after, inspect("shop"))).containsExactly("/HostConfig/PortBindings/80/tcp");
        assertThat(rules()).isEqualTo(rules);
        answers(8080);
        assertThat(fromOutside(8090)).isEmpty();
        assertThat(engine.docker("exec", "shop", "cat", "/unnamed/file")).isEqualTo("kept");

        ok(controller.apply(HistoryAction.REDO));
        answers(8090);
        assertThat(differing(after, inspect("shop"))).isEmpty();
        done(unpublishing("shop", 8090));
        done(unpublishing("shop", 8080));
        assertThat(inspect("shop").at("/HostConfig/PortBindings").has("80/tcp")).isFalse();
        assertThat(fromOutside(8080)).isEmpty();
        engine.docker("rm", "-f", "shop");
        engine.docker("volume", "rm", "named");
    }

    /// What the engine chose is chosen again; what only the container's own files have is lost, and said before.
    @Test
    void whatCannotStayIsShownBefore() throws Exception {
        engine.docker("network", "create", "--subnet", "10.60.0.0/24", "front");
        engine.docker("run", "-d", "--name", "web", "--network", "front", "-p", "80", "-v", "/data/x", IMAGE);
        engine.docker("exec", "web", "sh", "-c", "echo x >/added; echo y >>/www/index.html");
        String shortId = inspect("web").path("Id").asText().substring(0, 12);

        PlannedStep comparison =
                ok(controller.preview(publishing("web", "8090:80"))).steps().getFirst();
        assertThat(comparison.lines())
                .contains(
                        "docker diff web",
                        "- ports: 0.0.0.0:(free one)->80/tcp",
                        "+ ports: 0.0.0.0:(free one)->80/tcp, 0.0.0.0:8090->80/tcp",
                        "- id: " + shortId,
                        "- hostname: " + shortId,
                        "+ hostname: the new id",
                        "- address on front: 10.60.0.2",
                        "+ address on front: one that Docker chooses",
                        "- files of its own, lost: 1 added, 2 changed, 0 deleted: /added, /www/index.html"
                                + " (docker diff web); docker commit web keeps them as an image");
        done(publishing("web", "8090:80"));
        answers(8090);
        assertThat(inspect("web").at("/Config/Hostname").asText())
                .isEqualTo(inspect("web").path("Id").asText().substring(0, 12));

        assertThat(ok(controller.preview(HistoryAction.UNDO)).steps().getFirst().lines())
                .contains("- ports: 0.0.0.0:(free one)->80/tcp, 0.0.0.0:8090->80/tcp")
                .contains("  files: none of its own (docker diff web)");
    }

    @Test
    void aPortOfTheEngineIsPublishedElsewhereWithANewContainer() throws Exception {
        engine.docker("network", "create", "front");
        engine.docker("run", "-d", "--name", "web", "--network", "front", "-p", "8080:80", IMAGE);
        engine.docker("run", "-d", "--name", "other", "-p", "8081:80", IMAGE);
        answers(8080);
        assertThat(refused(republishing(8090).portChange()).advice()).contains("republish --recreate");
        assertThat(refused(republishing(8081)).advice()).contains("other");
        answers(8080);

        done(republishing(8090));
        answers(8090);
        assertThat(fromOutside(8080)).isEmpty();
        assertThat(engine.docker("port", "web")).contains("0.0.0.0:8090").doesNotContain("8080");

        ok(controller.apply(HistoryAction.UNDO));
        answers(8080);
        assertThat(fromOutside(8090)).isEmpty();
    }

    private Change.Recreate republishing(int hostPort) throws Exception {
        return new Change.Recreate(PortRequests.republish(
                container(controller.topology(), "web"),
                new Change.Unpublish("web", null, PortRange.single(8080), null, Protocol.TCP),
                null,
                PortRange.single(hostPort)));
    }

    /// Somebody else's change between the action and its undo is kept.
    @Test
    void undoKeepsWhatWasChangedSince() throws Exception {
        engine.docker("network", "create", "front");
        engine.docker("network", "create", "back");
        engine.docker("run", "-d", "--name", "web", "--network", "front", IMAGE);
        done(publishing("web", "8090:80"));
        engine.docker("network", "connect", "--alias", "late", "back", "web");
        engine.docker("update", "--restart", "always", "web");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(inspected("web", ".NetworkSettings.Networks.back.Aliases")).contains("late");
        assertThat(inspected("web", ".HostConfig.RestartPolicy.Name")).isEqualTo("always");
        assertThat(inspect("web").at("/HostConfig/PortBindings").isEmpty()).isTrue();
    }

    @Test
    void aContainerThatDoesNotRunIsNotStartedAndOneWithoutAnEntrypointGetsNone() throws Exception {
        engine.docker("network", "create", "front");
        engine.docker("network", "create", "back");
        engine.docker("create", "--name", "web", "--network", "front", IMAGE);
        engine.docker("network", "connect", "back", "web");
        engine.docker("network", "disconnect", "front", "web");
        done(publishing("web", "8090-8091:80-81"));
        assertThat(inspected("web", ".State.Status")).isEqualTo("created");
        assertThat(inspect("web").at("/NetworkSettings/Networks").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("back");
        engine.docker("start", "web");
        answers(8090);
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(fromOutside(8090)).isEmpty();
        assertThat(inspected("web", ".State.Status")).isEqualTo("running");

        engine.onHost("printf 'FROM " + IMAGE + "\nENTRYPOINT [\"/bin/false\"]\nCMD [\"a\"]\n' >/run/Dockerfile;"
                + " docker -H " + engine.address() + " build -q -t strict - </run/Dockerfile");
        engine.docker(
                "run", "-d", "--name", "bare", "--network", "back", "--entrypoint", "", "strict", "httpd-foreground");
        done(publishing("bare", "8092:80"));
        answers(8092);
        assertThat(inspect("bare").at("/Config/Entrypoint").isNull()).isTrue();
    }
}
