package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.cli.command.ControllerOpener;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How words become changes, and answers become text.
class CommandTest extends SampleHostCommands {
    @Test
    void repairMakesTheKernelAsAskedForAndCanDoSoByItself() {
        assertThat(type("repair").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(type("repair --dry-run").out()).isEqualTo(lines("Nothing to do."));
        assertThat(type("repair --auto on").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(type("repair --auto maybe").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(type("repair --auto on --dry-run").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(host.repairs).containsExactly("repair", "dry run", "auto true");
        host.repairRefusal = Refusal.of("rules-not-yours", "User nobody may not put back rules of Docker.");
        CliResult refused = type("repair");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("User nobody may not put back rules of Docker.");
    }

    @Test
    void runTakesDockersOptionsInDockersWays() {
        CliResult typed =
                type("run -dit --name=web01 -p8080:80 -p 127.0.0.1:9000-9001:90-91/udp --net mynet --ip 10.0.0.9"
                        + " -e A=1 -e HOME -e UNSET -h www -l k=v -l flag --network-alias web httpd:2.4 -x --name y");

        assertThat(typed).isEqualTo(new CliResult(ExitCode.DONE, lines("subject"), ""));
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        assertThat(host.applied)
                .containsExactly(new Change.RunContainer(
                        "web01",
                        "httpd:2.4",
                        List.of("-x", "--name", "y"),
                        List.of(EndpointRequest.on("mynet")
                                .withAddress("10.0.0.9")
                                .withAliases(List.of("web"))),
                        List.of(
                                PortMapping.of(null, 8080, 80, Protocol.TCP),
                                new PortMapping(
                                        loopback,
                                        new PortRange(9000, 9001),
                                        new PortRange(90, 91),
                                        Protocol.UDP,
                                        List.of())),
                        List.of(),
                        List.of("A=1", "HOME=/home/me"),
                        Map.of("k", "v", "flag", ""),
                        "www",
                        "",
                        true,
                        true,
                        HostSettings.DEFAULT,
                        true));
    }

    @Test
    void networkCreateTakesDockersOptions() {
        assertThat(type("network create -d bridge --subnet 10.1.0.0/24 --gateway 10.1.0.1 --ip-range 10.1.0.64/26"
                                + " --internal --label a=b -o x=y mynet")
                        .out())
                .isEqualTo(lines("subject"));
        assertThat(host.applied)
                .containsExactly(new Change.CreateNetwork(
                        "mynet",
                        Driver.BRIDGE,
                        List.of(new PoolRequest("10.1.0.0/24", "10.1.0.64/26", "10.1.0.1", Map.of())),
                        false,
                        true,
                        false,
                        false,
                        null,
                        Map.of("a", "b"),
                        Map.of("x", "y")));
    }

    @Test
    void networkCreateIsToldTheManager() {
        type("network create --managed-by patchbay mine");
        type("network create --managed-by docker theirs");
        assertThat(host.applied)
                .containsExactly(
                        Change.CreateNetwork.named("mine").managedBy(Manager.PATCHBAY),
                        Change.CreateNetwork.named("theirs").managedBy(Manager.ENGINE));
        assertThat(type("network create --managed-by me mine").err()).contains("\"me\" manages no networks");
    }

    @Test
    void publishAndUnpublishTakeOnePort() {
        type("publish web01 127.0.0.1:8080:80");
        type("unpublish web01 8080:80/udp");
        type("unpublish web01 80");
        type("unpublish web01 8080:");
        type("publish --recreate web01 8080:80");
        type("unpublish --recreate web01 8080:80");

        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        assertThat(host.applied)
                .containsExactly(
                        new Change.Publish("web01", PortMapping.of(loopback, 8080, 80, Protocol.TCP)),
                        Change.Unpublish.single("web01", 8080, 80, Protocol.UDP),
                        new Change.Unpublish("web01", null, null, PortRange.single(80), Protocol.TCP),
                        new Change.Unpublish("web01", null, PortRange.single(8080), null, Protocol.TCP),
                        new Change.Recreate(new Change.Publish("web01", PortMapping.of(null, 8080, 80, Protocol.TCP))),
                        new Change.Recreate(Change.Unpublish.single("web01", 8080, 80, Protocol.TCP)));
    }

    @Test
    void aDryRunPrintsTheStepsAndChangesNothing() {
        assertThat(type("network create --dry-run mynet").out()).isEqualTo(lines("a step", "    ip link"));
        assertThat(host.applied).isEmpty();
    }

    @Test
    void eachOfSeveralIsDoneAndTheErrorsCollected() {
        assertThat(type("rm a b c"))
                .isEqualTo(new CliResult(ExitCode.REFUSED, lines("a", "c"), lines("Error: No such container: b")));
        assertThat(host.applied).hasSize(3);
    }

    @Test
    void whatIsNotThereNeedsNoForceToBeGone() {
        assertThat(type("rm -f a b c"))
                .isEqualTo(new CliResult(ExitCode.DONE, lines("a", "c"), lines("Error: No such container: b")));
    }

    @Test
    void refusalsAreSaidAsDockerSaysThem() {
        assertThat(type("start b").err())
                .isEqualTo(lines(
                        "Error response from daemon: No such container: b", "Error: failed to start containers: b"));
        assertThat(type("network rm b").err()).isEqualTo(lines("Error: No such network: b"));
        assertThat(type("network disconnect n c").err())
                .isEqualTo(lines("Error response from daemon: not connected", "Connect it first."));
        assertThat(type("port b")).isEqualTo(new CliResult(1, "", lines("Error: No such container: b")));
        assertThat(type("undo")).isEqualTo(new CliResult(1, "", lines("Error: Nothing to undo")));
    }

    @Test
    void aFailureIsOneSentenceAndTheThirdExitCode() {
        assertThat(type("rules"))
                .isEqualTo(new CliResult(ExitCode.FAILED, "", lines("Error: read the rules: Permission denied")));
    }

    @Test
    void pruningAsksFirst() {
        String question = "WARNING! This will remove all custom networks not used by at least one container."
                + System.lineSeparator() + "Are you sure you want to continue? [y/N] ";
        assertThat(answer("n\n", "network", "prune")).isEqualTo(new CliResult(ExitCode.DONE, question, ""));
        assertThat(answer("", "network", "prune")).isEqualTo(new CliResult(ExitCode.DONE, question, ""));
        assertThat(host.applied).isEmpty();
        assertThat(answer("Y\n", "network", "prune").out())
                .isEqualTo(question + lines("Deleted Networks:", "subject", ""));
        type("network prune -f --filter label=a=b --filter label!=c --filter until=24h");
        assertThat(host.applied)
                .containsExactly(
                        new Change.PruneNetworks(Map.of()),
                        new Change.PruneNetworks(
                                Map.of("label", List.of("a=b"), "label!", List.of("c"), "until", List.of("24h"))));
    }

    @Test
    void networkUpdateTakesNameLabelsAndMtu() {
        type("network update --name new --label-add a=b --label-rm c --mtu 1400 old");
        assertThat(host.applied)
                .containsExactly(new Change.UpdateNetwork("old", "new", Map.of("a", "b"), List.of("c"), "1400"));
    }

    @Test
    void eachRangeGatewayAndAuxiliaryAddressGoesToItsSubnet() {
        type("network create --subnet 10.1.0.0/24,10.2.0.0/24 --gateway 10.2.0.9 --ip-range 10.1.0.64/26"
                + " --aux-address b=10.2.0.3 --aux-address a=10.1.0.3 --attachable --config-from base -d macvlan m");
        assertThat(host.applied)
                .containsExactly(new Change.CreateNetwork(
                        "m",
                        Driver.MACVLAN,
                        List.of(
                                new PoolRequest("10.1.0.0/24", "10.1.0.64/26", null, Map.of("a", "10.1.0.3")),
                                new PoolRequest("10.2.0.0/24", null, "10.2.0.9", Map.of("b", "10.2.0.3"))),
                        false,
                        false,
                        true,
                        false,
                        "base",
                        Map.of(),
                        Map.of()));
        assertThat(type("network create --subnet 10.1.0.0/24 --aux-address a=10.9.0.1 n")
                        .firstErrorLine())
                .isEqualTo("no matching subnet for aux-address 10.9.0.1");
        assertThat(type("network create --subnet 10.1.0.0/24 --gateway 10.1.0.1,10.1.0.2 n")
                        .firstErrorLine())
                .isEqualTo("every ip-range or gateway must have a corresponding subnet");
        assertThat(type("network create --label =b n").firstErrorLine())
                .isEqualTo("invalid argument \"=b\" for \"--label\" flag: invalid label '=b': empty name");
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(type("completion bash").out())
                .contains("unpublish")
                .contains("disconnect")
                .contains("--no-trunc");
    }

    @Test
    void versionIsAWordOrAnOption() {
        assertThat(type("version").out()).startsWith("Patchbay version ");
        assertThat(type("--version")).isEqualTo(type("version"));
    }

    @Test
    void theHostMayBeNamedBeforeAndBehindTheCommandOrByAVariable() {
        Map<String, String> environment = Map.of("HOME", "/nowhere", "DOCKER_HOST", "unix:///nowhere/docker.sock");
        Map<String, String> withVariable = new HashMap<>(environment);
        withVariable.put("PATCHBAY_HOST", "lab");
        List<String> asked = new ArrayList<>();
        ControllerOpener opener = name -> {
            asked.add(name);
            return host;
        };
        CliResult.run(environment, clock(), opener, "ps");
        CliResult.run(environment, clock(), opener, "--host", "local", "ps");
        CliResult.run(environment, clock(), opener, "ps", "--host=local");
        CliResult.run(withVariable, clock(), opener, "ps");
        CliResult.run(withVariable, clock(), opener, "network", "ls", "--host", "local");

        assertThat(asked).containsExactly("lab", "local", "local", "lab", "local");
        CliResult unknown = CliResult.run(environment, clock(), opener, "--host", "nope", "ps");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.firstErrorLine())
                .isEqualTo("there is no host `nope`: `patchbay host ls` lists what there is.");
        assertThat(asked).hasSize(5);
    }

    @Test
    void hostsAreListedWithWhatIsInTheWay() {
        Map<String, String> environment = Map.of("HOME", "/nowhere", "DOCKER_HOST", "unix:///nowhere/docker.sock");
        assertThat(CliResult.run(
                                environment,
                                clock(),
                                _ -> host,
                                "host",
                                "ls",
                                "--format",
                                "{{.Name}}|{{.Address}}|{{.Obstacle}}|{{.Current}}")
                        .outLines())
                .startsWith(
                        "lab|-||true",
                        "local|unix:///nowhere/docker.sock|there is no socket /nowhere/docker.sock: is the engine"
                                + " running?|false");
    }

    private CliResult answer(String answer, String words) {
        return CliResult.runWithInput(answer, Map.of("HOME", "/home/me"), clock(), _ -> host, words.split(" "));
    }
}
