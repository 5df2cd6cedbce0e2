package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.compose.ComposeFile;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.ProjectReadResult;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.status.PlannedStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Compose file compared with what a real engine has.
class EngineComposeTest extends RealEngineTest {
    private static final String FILE = """
            name: shop
            services:
              db:
                image: httpd:2.4
                networks: {back: {ipv4_address: 10.78.0.9}}
              web:
                image: httpd:2.4
                environment: {TIER: front}
                labels: {role: web}
                restart: on-failure:3
                ports: ["8090:80", "127.0.0.1:8091-8092:81-82", "83"]
                networks: {back: , front: {aliases: [www]}}
            networks:
              back: {internal: true, ipam: {config: [{subnet: 10.78.0.0/24}]}}
              front:
            """;

    @TempDir
    private Path project;

    private ProjectDifference difference(String text, ComposeGoal goal) throws Exception {
        return difference(controller, Files.writeString(project.resolve("compose.yaml"), text), goal);
    }

    static ProjectDifference difference(EngineHost controller, Path file, ComposeGoal goal) throws Exception {
        ProjectReadResult reading = ComposeFile.read(List.of(file), Map.of(), "shop");
        assertThat(reading).isInstanceOf(ProjectReadResult.Read.class);
        return controller.compareProject(((ProjectReadResult.Read) reading).project(), goal);
    }

    private List<String> lines(String text) throws Exception {
        return difference(text, ComposeGoal.UP).items().stream()
                .map(ProjectDifference.Item::toString)
                .toList();
    }

    private Outcome.Done apply(String text) throws Exception {
        return done(difference(text, ComposeGoal.UP).change());
    }

    private static String ofProject() {
        return engine.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=shop")
                + engine.docker("network", "ls", "-q", "--filter", "label=com.docker.compose.project=shop");
    }

    @Test
    void aFileThatIsMadeDiffersInNothingAndEachChangeOfItIsSeen() throws Exception {
        ProjectDifference missing = difference(FILE, ComposeGoal.UP);
        assertThat(missing.items())
                .extracting(ProjectDifference.Item::toString)
                .containsExactly(
                        "+ network shop_back: 10.78.0.0/24, internal",
                        "+ network shop_front",
                        "+ container shop-db-1: httpd:2.4, on shop_back",
                        "+ container shop-web-1: httpd:2.4, on shop_back and shop_front, publish 8090:80,"
                                + " publish 127.0.0.1:8091-8092:81-82, publish 83");
        assertThat(ok(controller.preview(missing.change())).steps())
                .extracting(PlannedStep::name)
                .startsWith("create network shop_back", "create network shop_front")
                .contains("connect shop-web-1 to shop_front");
        assertThat(missing.undo()).isEqualTo(ProjectHost.Undo.WHOLE);
        done(missing.change());
        assertThat(lines(FILE)).isEmpty();
        assertThat(lines(controller.exportCompose("shop")))
                .as("an exported file differs in nothing")
                .isEmpty();
        engine.docker("stop", "-t", "0", "shop-web-1");
        assertThat(lines(FILE)).containsExactly("~ container shop-web-1: start");
        engine.docker("start", "shop-web-1");

        assertThat(lines(FILE.replace("8090:80", "8093:80")))
                .containsExactly("± container shop-web-1: publish 8093:80, unpublish 8090:80");
        assertThat(lines(FILE.replace("role: web", "role: shop")))
                .containsExactly("± container shop-web-1: label role");
        assertThat(lines(FILE.replace("TIER: front", "TIER: back")))
                .containsExactly("± container shop-web-1: environment");
        assertThat(lines(FILE.replace("aliases: [www]", "aliases: [shop]")))
                .containsExactly("~ container shop-web-1: connect anew to shop_front");
        assertThat(lines(FILE.replace("10.78.0.9", "10.78.0.10")))
                .containsExactly("~ container shop-db-1: connect anew to shop_back");
        assertThat(lines(FILE.replace("on-failure:3", "always")))
                .containsExactly("~ container shop-web-1: restart always");
        assertThat(lines(FILE.replace("internal: true,", "labels: {a: b},")))
                .containsExactly(
                        "± network shop_back: not internal, label a",
                        "~ container shop-db-1: connect anew to shop_back",
                        "~ container shop-web-1: connect anew to shop_back");

        ProjectDifference down = difference(FILE, ComposeGoal.DOWN);
        assertThat(down.undo()).isEqualTo(ProjectHost.Undo.WITHOUT_FILES);
        assertThat(down.notes()).anyMatch(note -> note.startsWith("undo creates a removed container again"));
        done(down.change());
        assertThat(ofProject()).isEmpty();
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(lines(FILE)).isEmpty();
        assertThat(inspected("shop-db-1", ".State.Running")).isEqualTo("true");
        ok(controller.apply(HistoryAction.REDO));
        assertThat(ofProject()).isEmpty();
    }

    @Test
    void eachApplyIsOneActionThatUndoTakesBackAsAWhole() throws Exception {
        apply(FILE);
        engine.docker("network", "create", "lane");
        engine.docker("network", "connect", "--alias", "till", "lane", "shop-web-1");
        String db = inspected("shop-db-1", ".Id");
        String changed = FILE.replace("8090:80", "8093:80")
                .replace("internal: true,", "labels: {a: b},")
                .replace("on-failure:3", "always");
        ProjectDifference difference = difference(changed, ComposeGoal.UP);
        assertThat(difference.undo()).isEqualTo(ProjectHost.Undo.WITHOUT_FILES);
        Outcome.Done preview = ok(controller.preview(difference.change()));
        Outcome.Done done = done(difference.change());
        assertThat(done.steps())
                .extracting(PlannedStep::name)
                .isEqualTo(preview.steps().stream().map(PlannedStep::name).toList());
        assertThat(lines(changed)).isEmpty();
        assertThat(inspected("shop-db-1", ".Id")).as("it ran on").isEqualTo(db);
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}").lines())
                .containsExactlyInAnyOrder("shop-db-1", "shop-web-1");

        ok(controller.apply(HistoryAction.UNDO));
        assertThat(inspected("shop-web-1", "json .HostConfig.PortBindings"))
                .contains("8090")
                .doesNotContain("8093");
        assertThat(inspected("shop-web-1", "json .NetworkSettings.Networks.lane.Aliases"))
                .contains("till");
        assertThat(inspected("shop-db-1", ".NetworkSettings.Networks.shop_back.IPAddress"))
                .isEqualTo("10.78.0.9");
        engine.docker("network", "disconnect", "lane", "shop-web-1");
        assertThat(lines(FILE)).isEmpty();

        ok(controller.apply(HistoryAction.UNDO));
        assertThat(ofProject()).isEmpty();
        assertThat(controller.topology().undoable()).isNull();
    }

    @Test
    void aRefusalIsKnownBeforeTheFirstChange() throws Exception {
        engine.docker("run", "-d", "--name", "other", "-p", "8091:80", IMAGE);
        ProjectDifference port = difference(FILE, ComposeGoal.UP);
        assertThat(refused(port.change()).sentence()).contains("8091").endsWith("port is already allocated");
        assertThat(controller.preview(port.change())).isInstanceOf(Outcome.Refused.class);
        engine.docker("rm", "-f", "other");

        assertThat(refused(difference(FILE.replace("10.78.0.9", "10.79.0.9"), ComposeGoal.UP)
                                .change())
                        .sentence())
                .contains("10.79.0.9", "does not belong to any of this network's subnets");
        assertThat(refused(difference(
                                        FILE.replace("back: , front", "back: {ipv4_address: 10.78.0.9}, front"),
                                        ComposeGoal.UP)
                                .change())
                        .sentence())
                .isEqualTo("Address already in use");
        engine.docker("network", "create", "--subnet", "10.78.0.0/16", "wide");
        assertThat(refused(difference(FILE, ComposeGoal.UP).change()).advice())
                .isEqualTo("10.78.0.0/24 overlaps network wide.");
        engine.docker("network", "rm", "wide");
        engine.docker("create", "--name", "shop-web-1", IMAGE);
        assertThat(refused(difference(FILE, ComposeGoal.UP).change()).sentence())
                .contains("/shop-web-1");
        assertThat(ofProject()).isEmpty();
    }

    /// An engine removes a container of `--rm` when it stops.
    @Test
    void aFailureSaysWhatCouldNotBeTakenBack() throws Exception {
        engine.docker(
                "run",
                "-d",
                "--rm",
                "--name",
                "shop-old-1",
                "--label=com.docker.compose.project=shop",
                "--label=com.docker.compose.service=old",
                IMAGE);
        String file = FILE.replaceFirst("8090:80", "8093:80");
        ProjectDifference difference = difference(file, ComposeGoal.UP_REMOVE_ORPHANS);
        engine.onHost("busybox nc -l -p 8093 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; "
                + "until ss -Hltn | grep -q :8093; do sleep 0.05; done");
        try {
            assertThat(refused(difference.change()).sentence())
                    .endsWith(
                            "; and not taken back: remove container shop-old-1 (a removed container's files are gone)");
        } finally {
            engine.onHost("kill $(cat /run/listener)");
        }
        // The engine removes the container of `--rm` after it has stopped.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ofProject()).isEmpty());
    }

    @Test
    void theEngineDecidesWhichDriversAndOptionsItHas() throws Exception {
        String file = """
            name: shop
            services:
              web: {image: httpd:2.4, networks: {near: {ipv4_address: 10.78.0.9}}}
            networks:
              near:
                driver: macvlan
                driver_opts: {parent: eth0}
                ipam: {options: {a: b}, config: [{subnet: 10.78.0.0/24}]}
              far:
                driver: ipvlan
                driver_opts: {parent: wire, ipvlan_mode: l3}
                ipam: {config: [{subnet: 10.79.0.0/24}]}
            """;
        engine.onHost("ip link add wire type veth peer wire1 && ip link set wire up && ip link set wire1 up");
        apply(file);
        assertThat(network("near"))
                .isEqualTo("macvlan {\"parent\":\"eth0\"} {\"Driver\":\"default\",\"Options\":{\"a\":\"b\"},"
                        + "\"Config\":[{\"Subnet\":\"10.78.0.0/24\"}]}");
        assertThat(network("far")).startsWith("ipvlan {\"ipvlan_mode\":\"l3\",\"parent\":\"wire\"}");
        assertThat(engine.docker("exec", "shop-web-1", "ip", "-o", "address")).contains("10.78.0.9/24");
        assertThat(lines(file)).isEmpty();
        assertThat(controller.exportCompose("shop")).contains("driver: macvlan", "driver: ipvlan");
        assertThat(lines(controller.exportCompose("shop"))).isEmpty();
        assertThat(lines(file.replace("l3", "l2"))).containsExactly("± network shop_far: driver options");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(ofProject()).isEmpty();

        assertThat(refused(difference(file.replace("{parent: eth0}", "{macvlan_mode: odd}"), ComposeGoal.UP)
                                .change())
                        .sentence())
                .contains("requested macvlan mode 'odd' is not valid");
        assertThat(ofProject()).isEmpty();
        engine.onHost("ip link del wire");
    }

    private static String network(String key) {
        return engine.docker("network", "inspect", "-f", "{{.Driver}} {{json .Options}} {{json .IPAM}}", "shop_" + key);
    }

    @Test
    void imagesArePulledBeforeAnythingElse() throws Exception {
        String file =
                FILE.replaceFirst("image: httpd:2.4\n    environment", "image: 127.0.0.1:9/shop:1\n    environment");
        ProjectDifference difference = difference(file, ComposeGoal.UP);
        assertThat(ok(controller.preview(difference.change()))
                        .steps()
                        .getFirst()
                        .name())
                .isEqualTo("pull image 127.0.0.1:9/shop:1");
        assertThat(controller.apply(difference.change())).isInstanceOf(Outcome.Refused.class);
        assertThat(progress).contains("pull image 127.0.0.1:9/shop:1");
        assertThat(ofProject()).isEmpty();
    }

    /// Debian's Compose 1.29, which knows no name in a file.
    @Test
    void composeItselfAgrees() throws Exception {
        Path compose = Path.of("/usr/bin/docker-compose");
        assumeTrue(Files.isExecutable(compose) || System.getenv("CI") != null, "needs Debian's package docker-compose");
        String file = FILE.replace("name: shop\n", "");
        String command = "DOCKER_HOST=" + engine.address() + " " + compose + " --project-name shop --file "
                + project.resolve("compose.yaml") + " ";
        apply(file);
        String made = objects();
        assertThat(engine.onHost(command + "ps -q").lines()).hasSize(2);
        engine.onHost(command + "up -d --no-recreate");
        assertThat(objects()).isEqualTo(made);
        engine.onHost(command + "down -t 1");
        assertThat(ofProject()).isEmpty();
    }

    private static String objects() {
        return engine.docker("ps", "-q", "--no-trunc") + engine.docker("network", "ls", "-q", "--no-trunc");
    }

    /// The engine finds that a process of the host has the port.
    @Test
    void aFailureInTheMiddleGivesBackEverythingWithItsFiles() throws Exception {
        apply(FILE);
        engine.docker("exec", "shop-web-1", "busybox", "touch", "/mine");
        String web = inspected("shop-web-1", ".Id");
        String network = engine.docker("network", "inspect", "-f", "{{.Id}}", "shop_front");
        engine.onHost("busybox nc -l -p 8093 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; "
                + "until ss -Hltn | grep -q :8093; do sleep 0.05; done");
        try {
            String changed = FILE.replace("8090:80", "8093:80").replace("internal: true,", "labels: {a: b},");
            assertThat(refused(difference(changed, ComposeGoal.UP).change()).sentence())
                    .contains("8093")
                    .doesNotContain("; and ");
        } finally {
            engine.onHost("kill $(cat /run/listener)");
        }
        assertThat(lines(FILE)).isEmpty();
        assertThat(inspected("shop-web-1", ".Id")).isEqualTo(web);
        assertThat(engine.docker("network", "inspect", "-f", "{{.Id}}", "shop_front"))
                .isEqualTo(network);
        engine.docker("exec", "shop-web-1", "busybox", "ls", "/mine");
        assertThat(controller.topology().undoable()).isNotNull();
    }

    @Test
    void whatTheFileDoesNotSayStaysWithARecreatedContainer() throws Exception {
        String file = """
                name: shop
                services:
                  web: {image: "httpd:2.4", network_mode: bridge, ports: ["8090:80"]}
                """;
        engine.docker(
                "run",
                "-d",
                "--name",
                "shop-web-1",
                "--label=com.docker.compose.project=shop",
                "--label=com.docker.compose.service=web",
                "--label=com.docker.compose.container-number=1",
                "--label=com.docker.compose.oneoff=False",
                "--label=com.docker.compose.config-hash=1234",
                "--label=com.docker.compose.project.working_dir=/shop",
                "--volume=/data",
                "--user=0:0",
                "--cap-add=NET_ADMIN",
                "--publish=8090:80",
                IMAGE);
        String volume = inspected("shop-web-1", "(index .Mounts 0).Name");
        assertThat(lines(file)).isEmpty();
        apply(file.replace("8090", "8091"));
        assertThat(inspected("shop-web-1", "(index .Mounts 0).Name")).isEqualTo(volume);
        assertThat(inspected("shop-web-1", ".HostConfig.CapAdd")).contains("NET_ADMIN");
        assertThat(inspected("shop-web-1", ".Config.User")).isEqualTo("0:0");
        assertThat(inspected("shop-web-1", "json .Config.Labels"))
                .contains("\"com.docker.compose.project.working_dir\":\"/shop\"")
                .doesNotContain("1234");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(inspected("shop-web-1", "(index .Mounts 0).Name")).isEqualTo(volume);
        assertThat(inspected("shop-web-1", "json .Config.Labels")).contains("1234");
        assertThat(lines(file)).isEmpty();
    }

    @Test
    void anExportHasOnlyWhatAContainerDoesNotHaveFromItsImage() throws Exception {
        engine.docker("network", "create", "--subnet", "10.78.0.0/24", "lane");
        engine.docker(
                "run",
                "-d",
                "--name",
                "byhand",
                "--network",
                "lane",
                "--ip",
                "10.78.0.9",
                "-p",
                "8090:80",
                "-e",
                "A=b$c",
                "--label",
                "role=web",
                "--restart",
                "always",
                IMAGE);
        engine.docker("run", "-d", "--name", "guest", "--network", "container:byhand", IMAGE, "busybox", "sleep", "99");
        engine.docker("run", "-d", "--name", "direct", "--network", "host", IMAGE, "busybox", "sleep", "99");
        String file = controller.exportCompose("mine");
        assertThat(file).isEqualTo("""
                name: mine
                services:
                  byhand:
                    image: %1$s
                    container_name: byhand
                    environment:
                      - A=b$$c
                    labels:
                      role: web
                    ports:
                      - 8090:80
                    networks:
                      lane:
                        ipv4_address: 10.78.0.9
                    restart: always
                  guest:
                    image: %1$s
                    container_name: guest
                    command:
                      - busybox
                      - sleep
                      - '99'
                    network_mode: container:byhand
                  direct:
                    image: %1$s
                    container_name: direct
                    command:
                      - busybox
                      - sleep
                      - '99'
                    network_mode: host
                networks:
                  lane:
                    name: lane
                    ipam:
                      config:
                        - subnet: 10.78.0.0/24
                """.formatted(IMAGE));
        assertThat(lines(file)).isEmpty();
    }

    @Test
    void whatDockersOwnClientMadeIsComparedByItsName() throws Exception {
        engine.docker("network", "create", "lane");
        engine.docker("run", "-d", "--name", "byhand", "--network", "lane", "-p", "8090:80", "-e", "A=b", IMAGE);
        String file = """
                name: mine
                services:
                  web:
                    image: docker.io/library/httpd:2.4
                    container_name: byhand
                    environment: {A: b}
                    ports: ["8090:80"]
                    networks: [lane]
                networks:
                  lane: {name: lane}
                """;
        assertThat(lines(file)).isEmpty();
        assertThat(lines(file.replace("A: b", "A: c"))).containsExactly("± container byhand: environment");
    }

    @Test
    void aContainerWhoseImageIsGoneDiffersInWhatItIsAskedForAlone() throws Exception {
        engine.docker("tag", IMAGE, "gone:1");
        engine.docker("run", "-d", "--name", "byhand", "-e", "A=b", "gone:1");
        engine.docker("rmi", "--force", "gone:1");
        String file = """
                name: mine
                services:
                  web:
                    image: gone:1
                    container_name: byhand
                    environment: {A: b}
                    network_mode: bridge
                """;
        assertThat(lines(file)).isEmpty();
        assertThat(lines(file.replace("A: b", "A: c"))).containsExactly("± container byhand: environment");
    }
}
