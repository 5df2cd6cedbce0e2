package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.app.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plan`, `apply`, `down` and `export` in a real Lab.
class ComposeCommandTest {
    @TempDir
    Path home;

    private String file(String text) throws IOException {
        return Files.writeString(home.resolve("shop.yaml"), text).toString();
    }

    @Test
    void aFileIsPlannedAppliedTakenBackAndRemoved() throws Exception {
        String file = file("""
                name: shop
                services:
                  web: {image: "httpd:2.4", ports: ["8080:80"], volumes: ["./a:/a"], networks: [front]}
                networks:
                  front: {ipam: {config: [{subnet: 10.88.0.0/24}]}}
                """);
        String difference = """
                + network shop_front: 10.88.0.0/24
                + container shop-web-1: httpd:2.4, on shop_front, publish 8080:80
                """;
        try (LabHome lab = new LabHome(home)) {
            lab.output("lab up");
            String before = lab.kernel();

            CliResult plan = lab.type("plan", file);
            assertThat(plan)
                    .isEqualTo(
                            new CliResult(ExitCode.DONE, difference, "note: not carried out: services.web.volumes\n"));
            assertThat(lab.type("plan", "--exit-code", file).exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(lab.output("plan --steps " + file)).contains("ip address add 10.88.0.1/24", "--dport 8080");
            JsonNode json = new ObjectMapper().readTree(lab.output("plan --format json " + file));
            assertThat(json.at("/Project").asText()).isEqualTo("shop");
            assertThat(json.at("/Changes/1/Action").asText()).isEqualTo("create");
            assertThat(json.at("/Changes/1/Name").asText()).isEqualTo("shop-web-1");
            assertThat(json.at("/Steps")).isNotEmpty();
            assertThat(lab.kernel()).as("a plan changes nothing").isEqualTo(before);

            CliResult unasked = lab.type("apply", file);
            assertThat(unasked.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(unasked.out()).isEqualTo(difference);
            assertThat(unasked.err()).contains("there is no terminal to ask on", "--yes");
            assertThat(lab.kernel()).isEqualTo(before);

            assertThat(lab.output("apply --yes " + file))
                    .isEqualTo(difference + "Done. 'patchbay undo' takes all of it back.\n");
            assertThat(lab.output("apply " + file)).as("twice").isEqualTo("Nothing to do.\n");
            assertThat(lab.onHost("iptables-save -t nat"))
                    .contains("--dport 8080 -j DNAT --to-destination 10.88.0.2:80");
            assertThat(lab.output("container inspect -f {{.Config.Labels}} shop-web-1"))
                    .contains("com.docker.compose.project:shop", "com.docker.compose.service:web");

            String exported = lab.output("export -p shop");
            assertThat(lab.output("plan " + file(exported))).isEqualTo("Nothing to do.\n");

            assertThat(lab.output("undo")).isEqualTo("undo: patchbay apply shop.yaml\n");
            assertThat(lab.kernel()).isEqualTo(before);
            lab.output("redo");
            assertThat(lab.output("down -y " + file)).isEqualTo("""
                            - container shop-web-1
                            - network shop_front
                            Done. 'patchbay undo' takes all of it back.
                            """);
            assertThat(lab.kernel()).isEqualTo(before);
        }
    }

    @Test
    void whatIsRefusedIsSaidBeforeAnybodyIsAsked() throws Exception {
        try (LabHome lab = new LabHome(home)) {
            lab.output("run -d --name squatter -p 8080:80 httpd:2.4");
            String file = file("services: {web: {image: 'httpd:2.4', ports: ['8080:80']}}");

            CliResult refused = lab.type("apply", "--yes", file);

            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err())
                    .startsWith("Error: ")
                    .contains("8080 failed: port is already allocated", "Nothing is changed. Container squatter");
            assertThat(lab.output("ps -a --format {{.Names}}")).isEqualTo("squatter\n");
            CliResult wrong = lab.type("plan", file("servces: {}"));
            assertThat(wrong.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(wrong.err()).isEqualTo("""
                    Error: shop.yaml:1:1: servces is not a key of a Compose file
                    Did you mean services?
                    """);
            CliResult missing = lab.type("plan", home.resolve("none.yaml").toString());
            assertThat(missing.err())
                    .isEqualTo("Error: cannot read " + home.resolve("none.yaml") + ": No such file or directory\n");
            CliResult foreign = lab.type("plan", file("networks: {x: {name: bridge}}"));
            assertThat(foreign.err()).contains("a network with name bridge exists but was not made for this project");
            CliResult external = lab.type("plan", file("networks: {x: {external: true}}"));
            assertThat(external.firstErrorLine())
                    .isEqualTo("Error: network x declared as external, but could not be found");
        }
    }
}
