package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that a host refuses: each with Docker's sentence and exit code 1, and the Lab as it was.
class RefusedCommandTest {
    private static final String DAEMON = "Error response from daemon: ";
    private static final String RUN = "patchbay: " + DAEMON;

    @TempDir
    Path home;

    /// @param sentence how the first line on stderr begins
    private record Wrong(String command, String sentence) {}

    private static final List<Wrong> TABLE = List.of(
            new Wrong("network create mynet", DAEMON + "network with name mynet already exists"),
            new Wrong("network create bridge", DAEMON + "operation is not permitted on predefined bridge network"),
            new Wrong("network create -d nosuch x", DAEMON + "plugin \"nosuch\" not found"),
            new Wrong("network create --subnet nope x", DAEMON + "Invalid subnet nope : invalid CIDR address: nope"),
            new Wrong("network create --subnet 10.5.0.128/25 x", DAEMON + "Pool overlaps with other one"),
            new Wrong(
                    "network create --subnet 10.1.2.0/24 --gateway 10.1.3.1 x",
                    "no matching subnet for gateway 10.1.3.1"),
            new Wrong(
                    "network create --gateway 10.1.2.1 x",
                    "every ip-range or gateway must have a corresponding subnet"),
            new Wrong(
                    "network create --subnet 10.1.0.0/24 --subnet 10.2.0.0/24 x",
                    DAEMON + "bridge driver doesn't support multiple subnets"),
            new Wrong(
                    "network create --subnet 10.1.0.0/24 --subnet 10.1.0.128/25 x",
                    "multiple overlapping subnet configuration is not supported"),
            new Wrong(
                    "network create --subnet nope --gateway 10.1.1.1 x", "invalid subnet: invalid CIDR address: nope"),
            new Wrong(
                    "network create --subnet 10.1.2.0/24 --ip-range 10.9.9.0/28 x",
                    "no matching subnet for range 10.9.9.0/28"),
            new Wrong("network create --subnet 10.2.1.0/31 x", DAEMON + "failed to allocate gateway ()"),
            new Wrong("network create -o com.docker.network.driver.mtu=abc x", DAEMON + "failed to parse"),
            new Wrong("network rm bridge", DAEMON + "bridge is a pre-defined network and cannot be removed"),
            new Wrong("network rm nosuch", "Error: No such network: nosuch"),
            new Wrong("network rm mynet", DAEMON + "error while removing network: network mynet id "),
            new Wrong("network inspect nosuch", "Error: No such network: nosuch"),
            new Wrong("network connect nosuch web01", DAEMON + "network nosuch not found"),
            new Wrong("network connect mynet nosuch", DAEMON + "No such container: nosuch"),
            new Wrong(
                    "network connect mynet web01", DAEMON + "endpoint with name web01 already exists in network mynet"),
            new Wrong("network connect host web01", DAEMON + "container cannot be disconnected from host network"),
            new Wrong("network connect none web01", DAEMON + "container cannot be connected to multiple networks"),
            new Wrong("network disconnect bridge web01", DAEMON + "container "),
            new Wrong("network disconnect nosuch web01", DAEMON + "network nosuch not found"),
            new Wrong("network connect --ip 10.6.0.9 mynet idle", DAEMON + "Invalid address 10.6.0.9"),
            new Wrong("network connect --ip 10.5.0.1 mynet idle", DAEMON + "Address already in use"),
            new Wrong("network connect --ip zzz mynet idle", DAEMON + "Invalid IPv4 address: zzz"),
            new Wrong("run -d --name web01 httpd", RUN + "Conflict. The container name \"/web01\" is already in use"),
            new Wrong("run -d --name a httpd", RUN + "Invalid container name (a)"),
            new Wrong("run -d --name -ab httpd", RUN + "Invalid container name (-ab)"),
            new Wrong("run -d --network nosuch httpd", RUN + "network nosuch not found"),
            new Wrong("run -d nginx", RUN),
            new Wrong("run -d --ip 172.17.0.9 httpd", RUN + "user specified IP address is supported on user defined"),
            new Wrong("run -d --network-alias a httpd", RUN + "network-scoped alias is supported only"),
            new Wrong("run -d -p 8080:80 httpd", RUN + "driver failed programming external connectivity on endpoint "),
            new Wrong("run -d -p 203.0.113.9:9000:80 httpd", RUN),
            new Wrong("run -d host nosuch", RUN + "exec: \"nosuch\": executable file not found in $PATH"),
            new Wrong(
                    "run -d --dry-run host /no/such",
                    RUN + "exec: \"/no/such\": stat /no/such: no such file or directory"),
            new Wrong("run -d host /etc/passwd", RUN + "exec: \"/etc/passwd\": permission denied"),
            new Wrong("run -d host", RUN + "No command specified"),
            new Wrong("start nosuch", DAEMON + "No such container: nosuch"),
            new Wrong("stop nosuch", DAEMON + "No such container: nosuch"),
            new Wrong("rm nosuch", "Error: No such container: nosuch"),
            new Wrong("rm web01", DAEMON + "You cannot remove a running container "),
            new Wrong("port nosuch", "Error: No such container: nosuch"),
            new Wrong("port web01 81", "Error: No public port '81/tcp' published for web01"),
            new Wrong("inspect nosuch", "Error: No such object: nosuch"),
            new Wrong("container inspect nosuch", "Error: No such container: nosuch"),
            new Wrong("inspect --format {{.Nope}} web01", "template parsing error: template: :1:2:"),
            new Wrong("publish nosuch 1:1", DAEMON + "No such container: nosuch"),
            new Wrong("publish idle 8080:80", DAEMON),
            new Wrong("unpublish web01 9999:80", DAEMON),
            new Wrong("redo", "Error: Nothing to redo"),
            new Wrong("tour", "Error: The tour makes the containers web01 and web02"));

    @Test
    void eachIsRefusedInDockersWordsAndChangesNothing() throws Exception {
        try (LabHome lab = new LabHome(home)) {
            lab.output("network create --subnet 10.5.0.0/24 mynet");
            lab.output("run -d --name web01 -p 8080:80 --net mynet httpd");
            lab.output("run -d --name idle httpd");
            String before = state(lab);

            SoftAssertions all = new SoftAssertions();
            for (Wrong wrong : TABLE) {
                CliResult typed = lab.type(wrong.command().split(" "));
                all.assertThat(typed.firstErrorLine()).as(wrong.command()).startsWith(wrong.sentence());
                all.assertThat(typed.exitCode()).as(wrong.command()).isEqualTo(ExitCode.REFUSED);
                all.assertThat(typed.err()).as(wrong.command()).doesNotContain("Exception", "\tat ");
            }
            all.assertAll();

            assertThat(state(lab)).isEqualTo(before);
        }
    }

    private static String state(LabHome lab) {
        return lab.kernel()
                + lab.output("network ls --no-trunc")
                + lab.output("ps -a --no-trunc --format {{.ID}}{{.Ports}}")
                + lab.output("lab status --format {{.Revision}}");
    }
}
