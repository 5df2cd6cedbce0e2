package dev.patchbay.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.lab.FakeLabTest;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One version of a file after the other: what is changed in place, made anew, removed, or refused.
class ProjectChangesTest extends FakeLabTest {
    @TempDir
    Path directory;

    private ProjectDifference difference(String text, ComposeGoal aim) throws Exception {
        Path file = Files.writeString(directory.resolve("compose.yaml"), text);
        ProjectReadResult reading = ComposeFile.read(List.of(file), Map.of(), "shop");
        assertThat(reading).isInstanceOf(ProjectReadResult.Read.class);
        return lab.compareProject(((ProjectReadResult.Read) reading).project(), aim);
    }

    /// Applies, and asserts that it differs in nothing any more.
    ///
    /// @return the lines that a person is shown
    private List<String> apply(String text) throws Exception {
        ProjectDifference difference = difference(text, ComposeGoal.UP);
        done(difference.change());
        assertThat(difference(text, ComposeGoal.UP).items()).isEmpty();
        return difference.items().stream().map(ProjectDifference.Item::toString).toList();
    }

    private String refusal(String text) {
        return catchThrowableOfType(RefusedException.class, () -> difference(text, ComposeGoal.UP))
                .refusal()
                .sentence();
    }

    private List<String> names() {
        return helper.specs().sandboxes().stream().map(SandboxSpec::name).toList();
    }

    private static String web(String fields) {
        return "services: {web: {image: 'httpd:2.4', " + fields + "}}";
    }

    @Test
    void aServiceGrowsAndShrinksWithoutTouchingWhatStays() throws Exception {
        apply(web("scale: 2"));
        Id first = sandbox("shop-web-1").id();

        assertThat(apply(web("scale: 3"))).singleElement().asString().startsWith("+ container shop-web-3");
        assertThat(apply(web("scale: 1"))).containsExactly("- container shop-web-2", "- container shop-web-3");
        assertThat(sandbox("shop-web-1").id()).isEqualTo(first);
        assertThat(apply(web("deploy: {replicas: 0}"))).containsExactly("- container shop-web-1");
    }

    @Test
    void whatAContainerConsistsOfMakesItAnew() throws Exception {
        apply(web("tty: true"));
        for (String fields : List.of(
                "tty: false",
                "command: sleep 9",
                "environment: {A: 1}",
                "hostname: other",
                "domainname: example.org",
                "labels: {a: b}",
                "dns: 192.0.2.1",
                "extra_hosts: ['a:192.0.2.1']",
                "expose: [7000]",
                "network_mode: none")) {
            Id before = helper.specs().sandboxes().getFirst().id();
            assertThat(apply(web(fields)).getFirst()).as(fields).startsWith("± container");
            assertThat(helper.specs().sandboxes().getFirst().id()).as(fields).isNotEqualTo(before);
        }
        assertThat(helper.specs().sandboxes()).hasSize(1);
    }

    @Test
    void aNameAPolicyAndAliasesChangeWhileTheCommandRuns() throws Exception {
        String file = "networks: {n: }\n" + web("tty: true, networks: {n: {aliases: [one]}}");
        apply(file);
        SandboxSpec before = sandbox("shop-web-1");
        Id plug = endpoints("shop-web-1").getFirst().id();

        String aliased = file.replace("[one]", "[two]");
        assertThat(apply(aliased)).containsExactly("~ container shop-web-1: aliases on shop_n");
        String restarted = aliased.replace("tty: true", "tty: true, restart: always");
        assertThat(apply(restarted)).containsExactly("~ container shop-web-1: restart always");
        String named = restarted.replace("tty: true", "tty: true, container_name: other");
        assertThat(apply(named)).containsExactly("~ container shop-web-1: named other");

        assertThat(sandbox("other").run()).isEqualTo(before.run());
        assertThat(sandbox("other").settings().restart().toString()).isEqualTo("always");
        assertThat(endpoints("other").getFirst().id()).isEqualTo(plug);
        assertThat(endpoints("other").getFirst().aliases()).containsExactlyInAnyOrder("other", "web", "two");
        for (int i = 0; i < 3; i++) {
            done(lab.apply(HistoryAction.UNDO));
        }
        assertThat(sandbox("shop-web-1").settings().restart())
                .isEqualTo(before.settings().restart());
        assertThat(endpoints("shop-web-1").getFirst().aliases()).contains("shop-web-1", "one");
    }

    @Test
    void aNameThatAnotherHasIsTakenByMakingTheContainerAnew() throws Exception {
        apply(web("scale: 2"));
        assertThat(apply(web("container_name: shop-web-2")))
                .containsExactly("± container shop-web-2: was named shop-web-1", "- container shop-web-2");
    }

    @Test
    void aStoppedContainerIsStarted() throws Exception {
        apply(web("tty: true"));
        done(new Change.StopContainer("shop-web-1"));

        assertThat(apply(web("tty: true"))).containsExactly("~ container shop-web-1: start");
        assertThat(sandbox("shop-web-1").running()).isTrue();
    }

    @Test
    void whatWasChangedByHandIsPutBack() throws Exception {
        String file = web("ports: ['8080:80']");
        apply(file);
        done(new Change.Publish("shop-web-1", tcp(9000, 80)));
        done(new Change.Disconnect("shop_default", "shop-web-1"));

        assertThat(apply(file)).containsExactly("~ container shop-web-1: connect to shop_default, unpublish 9000:80");
        assertThat(ports("shop-web-1")).extracting(PortSpec::hostPort).containsExactly(8080);
        assertThat(ports("shop-web-1").getFirst().endpoint())
                .isEqualTo(endpoints("shop-web-1").getFirst().id());
    }

    @Test
    void containersExchangePortsAndAddresses() throws Exception {
        String file = """
                services:
                  a: {image: "httpd:2.4", ports: ["8080:80", "80"], networks: {n: {ipv4_address: 10.5.0.10}}}
                  b: {image: "httpd:2.4", ports: ["8081:80", "9000-9003:90-93"], networks: {n: {ipv4_address: 10.5.0.11}}}
                networks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}
                """;
        apply(file);
        Id a = sandbox("shop-a-1").id();
        assertThat(apply(file.replace("8080", "x")
                        .replace("8081", "8080")
                        .replace("x", "8081")
                        .replace("0.10}", "x}")
                        .replace("0.11}", "0.10}")
                        .replace("x}", "0.11}")))
                .containsExactly(
                        "~ container shop-a-1: connect anew to shop_n, publish 8081:80, unpublish 8080:80",
                        "~ container shop-b-1: connect anew to shop_n, publish 8080:80, unpublish 8081:80");
        assertThat(sandbox("shop-a-1").id()).isEqualTo(a);
        assertThat(addresses("shop-a-1")).containsExactly("10.5.0.11/24");
        assertThat(addresses("shop-b-1")).containsExactly("10.5.0.10/24");
        assertThat(ports("shop-b-1")).as("all ports came along").noneMatch(port -> port.endpoint() == null);
    }

    @Test
    void aFixedAddressIsNotTakenByAContainerThatComesFirst() throws Exception {
        apply("""
                services:
                  first: {image: "httpd:2.4", networks: [n]}
                  fixed: {image: "httpd:2.4", depends_on: [first], networks: {n: {ipv4_address: 10.5.0.2}}}
                networks: {n: {ipam: {config: [{subnet: 10.5.0.0/24}]}}}
                """);

        assertThat(addresses("shop-fixed-1")).containsExactly("10.5.0.2/24");
        assertThat(addresses("shop-first-1")).containsExactly("10.5.0.3/24");
    }

    @Test
    void aNetworkChangesItsLabelsInPlaceAndItsOptionsAnew() throws Exception {
        String file = "networks: {n: {labels: {a: 1, b: 2}, attachable: true}}\n" + web("networks: [n]");
        apply(file);
        Id network = network("shop_n").id();
        Id container = sandbox("shop-web-1").id();

        assertThat(apply(file.replace("a: 1, b: 2", "a: 3, driver: x")))
                .singleElement()
                .asString()
                .startsWith("~ network shop_n: ")
                .contains("label a", "label b", "label driver");
        assertThat(network("shop_n").id()).isEqualTo(network);
        assertThat(apply(file.replace(
                        "attachable: true", "driver_opts: {com.docker.network.bridge.enable_icc: 'false'}")))
                .containsExactly(
                        "± network shop_n: not attachable, driver options",
                        "~ container shop-web-1: connect anew to shop_n");
        assertThat(network("shop_n").id()).isNotEqualTo(network);
        assertThat(sandbox("shop-web-1").id()).isEqualTo(container);
    }

    @Test
    void whatBelongsToOthersIsLeftAlone() throws Exception {
        done(subnet("shared", null));
        done(FakeLabTest.web("byhand", "shared"));
        apply("networks: {s: {external: true, name: shared}}\n" + web("networks: [s]"));
        done(difference(web("tty: true"), ComposeGoal.DOWN).change());
        assertThat(names()).containsExactly("byhand");

        assertThat(refusal("networks: {s: {external: true}}"))
                .isEqualTo("network s declared as external, but could not be found");
        assertThat(refusal("networks: {s: {name: bridge}}")).contains("was not made for this project");
        assertThat(apply("networks: {s: {name: shared}}\nservices: {h: {image: 'httpd:2.4', container_name: byhand,"
                        + " tty: true, stdin_open: true, networks: [s], ports: ['8080:80']}}"))
                .as("what was made by hand is taken into a file by its name")
                .containsExactly("~ container byhand: publish 8080:80");
    }

    /// In the words of Docker, whose engine says so of a driver that it does not have.
    @Test
    void theHostDecidesWhichDriversItHas() throws Exception {
        for (String network : List.of("driver: overlay", "ipam: {driver: overlay}")) {
            assertThat(lab.apply(difference("networks: {n: {" + network + "}}", ComposeGoal.UP)
                            .change()))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused ->
                                    assertThat(refused.refusal().sentence()).isEqualTo("plugin \"overlay\" not found"));
        }
    }
}
