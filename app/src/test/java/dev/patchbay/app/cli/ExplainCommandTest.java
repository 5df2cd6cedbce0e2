package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.app.cli.command.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    @TempDir
    private static Path directory;

    private static LabHome lab;

    @BeforeAll
    static void build() {
        lab = new LabHome(directory);
        lab.output("network create shop");
        lab.output("network create mail");
        lab.output("run -d --name web01 --network shop -p 8080:80 httpd:2.4");
        lab.output("run -d --name web02 --network shop httpd:2.4");
        lab.output("run -d --name post --network mail httpd:2.4");
        await().until(() -> explain("web01 web02:80").exitCode() == ExitCode.DONE
                && explain("host post:80").exitCode() == ExitCode.DONE
                && explain("host web01:80").exitCode() == ExitCode.DONE);
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    private static CliResult explain(String words) {
        return lab.type(("explain " + words).split(" "));
    }

    @Test
    void aWayIsToldHopByHop() {
        CliResult typed = explain("outside web01:80/tcp");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.outLines().getFirst()).isEqualTo("outside → web01:80/tcp: reachable");
        assertThat(typed.outLines().stream().map(line -> line.strip().replaceAll("[0-9.]+ ms", "N ms")))
                .anyMatch(line -> line.matches("ok +derived +host:8080 +any interface"))
                .anyMatch(line -> line.matches("ok +derived +nat PREROUTING → PATCHBAY +dst-type LOCAL"))
                .anyMatch(line -> line.matches("ok +observed +DNAT to 172\\.18\\.0\\.2:80 +rule 1, \\d+ packets?"))
                .anyMatch(line ->
                        line.matches("ok +derived +web01 listens on 80/tcp +pid \\d+, sees client 198\\.51\\.100\\.1"))
                .anyMatch(line -> line.matches("ok +probed +connected +N ms"));
        assertThat(explain("--no-probe outside web01:80").out()).doesNotContain("probed", "observed");
    }

    @Test
    void whatFailsIsNamedWithTheCommandThatHelps() {
        CliResult typed = explain("web01 post:80");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(typed.out())
                .contains("web01 → post:80/tcp: blocked", "FAILS", "networks are kept apart", "Connect web01 to mail:")
                .containsPattern("(docker|patchbay) network connect mail web01");
    }

    @Test
    void jsonHasEverything() throws Exception {
        JsonNode blocked = new ObjectMapper()
                .readTree(explain("--format json --no-probe web01 post:80").out());
        assertThat(blocked.path("Verdict").asText()).isEqualTo("blocked");
        JsonNode last = blocked.path("Hops").path(blocked.path("Hops").size() - 1);
        assertThat(last.path("Mark").asText()).isEqualTo("fails");
        assertThat(last.path("Rules").toString()).contains("iptables -t filter -A PATCHBAY-ISOLATION-STAGE-3");
        assertThat(blocked.path("Remedy").path("Words").asText()).isEqualTo("Connect web01 to mail");
        assertThat(explain("-f {{.Verdict}} web01 web02").out().strip()).isEqualTo("reachable");
    }

    @Test
    void addressesThatARouteTakesAwayAreNamed() {
        String map = lab.output("network addresses");
        assertThat(map).doesNotContain("Problem:");
        assertThat(lab.onHost("ip -4 route show | grep -oE '^[0-9.]+/[0-9]+' | sort -u")
                        .lines())
                .contains("172.18.0.0/16", "172.19.0.0/16")
                .allSatisfy(range -> assertThat(map).contains(System.lineSeparator() + range + " "));
        assertThat(map)
                .containsPattern("172\\.18\\.0\\.0/16 +network shop +2 +65531 +lowest free: 172\\.18\\.0\\.4")
                .containsPattern(
                        "172\\.20\\.0\\.0/14 +default pool of /16 subnets +0 +4 +lowest free: 172\\.20\\.0\\.0/16");

        lab.onHost("ip link add vpn0 type bridge && ip link set vpn0 up && ip route add 172.18.5.0/24 dev vpn0");
        try {
            assertThat(lab.onHost("ip route get 172.18.5.9")).contains("dev vpn0");
            assertThat(lab.output("network addresses"))
                    .contains(
                            "Problem: 172.18.5.0/24 (route dev vpn0) takes addresses of network shop (172.18.0.0/16)");
        } finally {
            lab.onHost("ip link delete vpn0");
        }
        assertThat(lab.output("network addresses")).isEqualTo(map);
    }

    @Test
    void aPublishedPortWithoutAListenerIsSaid() {
        CliResult silent = lab.type("publish", "web01", "8086:81");
        assertThat(silent.exitCode()).isZero();
        assertThat(silent.firstErrorLine()).startsWith("nothing listens on 81/tcp in web01");
        assertThat(lab.type("publish", "web02", "8087:80").err()).isEmpty();
        lab.output("undo");
        lab.output("undo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        web01              | 2 | "patchbay explain" requires exactly 2 arguments.
        nobody web01:80    | 1 | Error: No such container: nobody
        web01 nobody:80    | 1 | Error: No such container: nobody
        web01 web02:99999  | 1 | Error: Invalid containerPort: 99999
        web01 web02:80/x   | 1 | Error: Invalid proto: x
        web01 web02:       | 1 | Error: no single port: web02:
        web01 web02:80-81  | 1 | Error: no single port: web02:80-81
        web01:80 web02     | 1 | Error: the end that asks has no port: web01:80
        outside outside:80 | 1 | Error: both ends are outside of this machine
        outside 192.0.2.9  | 1 | Error: both ends are outside of this machine
        web01 :80          | 1 | Error: one end is empty
        -6 192.0.2.9 host  | 1 | Error: the addresses that are asked for are not of one family
        192.0.2.9 ::1      | 1 | Error: the addresses that are asked for are not of one family
        web01 web02 -f {{  | 2 | template parsing error: template: :1: unclosed action
        """)
    void aMistakeIsASentence(String words, int code, String complaint) {
        CliResult typed = explain(words);
        assertThat(typed.firstErrorLine()).isEqualTo(complaint);
        assertThat(typed.exitCode()).isEqualTo(code);
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void helpAndCompletionKnowIt() {
        assertThat(lab.type("explain", "--help").out()).contains("--[no-]probe", "--format", "A B[:PORT[/PROTO]]");
        assertThat(lab.type("completion", "bash").out()).contains("explain");
    }
}
