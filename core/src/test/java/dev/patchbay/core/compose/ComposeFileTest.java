package dev.patchbay.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a Compose file means.
class ComposeFileTest extends ComposeTestFiles {
    @Test
    void namesAndLabelsAreThoseOfCompose() throws IOException {
        Project project = project("""
                services:
                  web: {image: "httpd:2.4", labels: {tier: front}}
                """);

        assertThat(project.name()).isEqualTo("myshop");
        assertThat(project.networks()).hasSize(1);
        assertThat(project.networks().getFirst().name()).isEqualTo("myshop_default");
        Change.CreateNetwork network =
                Objects.requireNonNull(project.networks().getFirst().definition());
        assertThat(network.labels())
                .isEqualTo(Map.of("com.docker.compose.project", "myshop", "com.docker.compose.network", "default"));
        Change.RunContainer web = project.containers().getFirst().definition();
        assertThat(web.name()).isEqualTo("myshop-web-1");
        assertThat(web.networks())
                .containsExactly(EndpointRequest.on("myshop_default").withAliases(List.of("myshop-web-1", "web")));
        assertThat(web.labels())
                .isEqualTo(Map.of(
                        "tier", "front",
                        "com.docker.compose.project", "myshop",
                        "com.docker.compose.service", "web",
                        "com.docker.compose.container-number", "1",
                        "com.docker.compose.oneoff", "False",
                        "com.docker.compose.config-hash", "patchbay"));
    }

    @Test
    void aNetworkHasAllThatDockerTakes() throws IOException {
        Project project = project("""
                networks:
                  front:
                    name: shopfront
                    driver: bridge
                    driver_opts: {com.docker.network.bridge.enable_icc: false}
                    internal: yes
                    attachable: true
                    enable_ipv6: on
                    labels: [a=1, b]
                    ipam:
                      driver: default
                      config:
                        - subnet: 10.9.0.0/16
                          gateway: 10.9.0.9
                          ip_range: 10.9.1.0/24
                          aux_addresses: {router: 10.9.1.1}
                        - {subnet: "fd00:9::/64"}
                  shared: {external: true, name: everyones}
                """);

        assertThat(project.networks())
                .containsExactly(
                        new ProjectNetwork(
                                "front",
                                "shopfront",
                                true,
                                new Change.CreateNetwork(
                                        "shopfront",
                                        dev.patchbay.engine.container.Driver.BRIDGE,
                                        List.of(
                                                new PoolRequest(
                                                        "10.9.0.0/16",
                                                        "10.9.1.0/24",
                                                        "10.9.0.9",
                                                        Map.of("router", "10.9.1.1")),
                                                PoolRequest.subnet("fd00:9::/64")),
                                        true,
                                        true,
                                        true,
                                        false,
                                        null,
                                        Map.of(
                                                "a", "1",
                                                "b", "",
                                                "com.docker.compose.project", "myshop",
                                                "com.docker.compose.network", "front"),
                                        Map.of("com.docker.network.bridge.enable_icc", "false"))),
                        new ProjectNetwork("shared", "everyones", true, null));
    }

    @Test
    void aContainerIsRunWhereTheHighestPrioritySaysAndElseByName() throws IOException {
        assertThat(service("networks: [front, back]").networks())
                .extracting(EndpointRequest::network)
                .containsExactly("myshop_back", "myshop_front");
        assertThat(service("""
                mac_address: 02:42:00:00:00:01
                networks:
                  back:
                  front: {priority: 7, gw_priority: 3, ipv4_address: 10.0.0.5, ipv6_address: "fd00::5", aliases: [www]}
                """).networks())
                .containsExactly(
                        new EndpointRequest(
                                "myshop_front",
                                "10.0.0.5",
                                "fd00::5",
                                "02:42:00:00:00:01",
                                List.of("myshop-web-1", "web", "www"),
                                3),
                        new EndpointRequest(
                                "myshop_back", null, null, "02:42:00:00:00:01", List.of("myshop-web-1", "web"), 0));
        assertThat(service("network_mode: none").networks()).containsExactly(EndpointRequest.on("none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80                                                    | 80",
                "'8080:80'                                             | 8080:80",
                "127.0.0.1:8080:80/tcp                                 | 127.0.0.1:8080:80",
                "127.0.0.1::80                                         | 127.0.0.1::80",
                "\"[::1]:8080:80/udp\"                                 | [::1]:8080:80/udp",
                "8000-8003:80-83                                       | 8000-8003:80-83",
                "8000-8003:80                                          | 8000-8003:80",
                "22:22                                                 | 22:22",
                "'8080:80,from=10.0.0.0/8'                             | 8080:80,from=10.0.0.0/8",
                "{target: 80}                                          | 80",
                "{target: 80, published: 8080}                         | 8080:80",
                "{target: 80, published: 8080-8089, protocol: udp}     | 8080-8089:80/udp",
                "{target: 80, host_ip: 127.0.0.1, mode: host, name: w} | 127.0.0.1::80",
                "{target: 80, published: '8080', host_ip: '::1'}       | [::1]:8080:80",
            })
    void aPortIsWrittenShortOrLong(String written, String meant) throws IOException {
        assertThat(service("ports:\n  - " + written.strip()).ports())
                .extracting(Object::toString)
                .containsExactly(meant);
    }

    @Test
    void aServiceHasTheRestOfDockersOptions() throws IOException {
        Change.RunContainer web = service("""
                command: sh -c "echo 'a b' \\"c\\"" d\\ e
                container_name: www
                hostname: shop
                domainname: example.org
                environment: {A: 1, B: , C: "x=y"}
                restart: on-failure:3
                dns: 192.0.2.1
                dns_search: [example.org]
                dns_opt: ["ndots:2"]
                extra_hosts: ["db:10.0.0.5", "six=[fd00::1]", "up:host-gateway"]
                tty: true
                stdin_open: true
                """);

        assertThat(web.command()).containsExactly("sh", "-c", "echo 'a b' \"c\"", "d e");
        assertThat(web.name()).isEqualTo("www");
        assertThat(web.hostname()).isEqualTo("shop");
        assertThat(web.domainname()).isEqualTo("example.org");
        assertThat(web.environment()).containsExactly("A=1", "C=x=y");
        assertThat(web.settings().restart()).isEqualTo(new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 3));
        assertThat(web.settings().dns()).extracting(Object::toString).containsExactly("/192.0.2.1");
        assertThat(web.settings().dnsSearch()).containsExactly("example.org");
        assertThat(web.settings().dnsOptions()).containsExactly("ndots:2");
        assertThat(web.settings().extraHosts())
                .extracting(Object::toString)
                .containsExactly("db:10.0.0.5", "six:fd00::1", "up:host-gateway");
        assertThat(web.tty()).isTrue();
        assertThat(web.openStdin()).isTrue();
    }

    @Test
    void variablesComeFromTheEnvironmentElseFromTheFileBeside() throws IOException {
        Files.writeString(directory.resolve(".env"), """
                # a comment
                export TAG=2.2
                PORT='8081'
                QUOTED="a b" # not this
                """);
        Project project = project("""
                services:
                  web:
                    image: httpd:${TAG}
                    ports: ["${PORT:-8080}:80"]
                    environment:
                      - ONE=$QUOTED
                      - TWO=${MISSING:-${ALSO:-deep}}
                      - THREE=${TAG:+set}${MISSING+unset}
                      - FOUR=$$HOME ${EMPTY-kept}${EMPTY:-replaced}
                      - FIVE=$NOWHERE
                """, Map.of("TAG", "2.4", "EMPTY", ""));

        Change.RunContainer web = project.containers().getFirst().definition();
        assertThat(web.image()).isEqualTo("httpd:2.4");
        assertThat(web.ports()).extracting(Object::toString).containsExactly("8081:80");
        assertThat(web.environment())
                .containsExactly("ONE=a b", "TWO=deep", "THREE=set", "FOUR=$HOME replaced", "FIVE=");
        assertThat(project.notes()).containsExactly("the variable NOWHERE is not set and stands for nothing");
    }

    @Test
    void filesOfVariablesComeBeforeTheEnvironment() throws IOException {
        Files.writeString(directory.resolve("one.env"), "A=1\nB='two words'\nC=3\n");
        Files.writeString(directory.resolve("two.env"), "# more\nB=2\nD\n");
        Project project = project("""
                services:
                  web:
                    image: httpd:2.4
                    env_file: [one.env, {path: two.env, required: true}, {path: ./none.env, required: false}]
                    environment: {C: own}
                  one: {image: httpd:2.4, env_file: one.env}
                """);

        assertThat(project.containers())
                .extracting(container -> container.definition().environment())
                .containsExactly(List.of("A=1", "B=2", "C=own"), List.of("A=1", "B=two words", "C=3"));
        assertThat(project.notes()).containsExactly("not there: ./none.env, which is services.web.env_file[2]");
    }

    @Test
    void aRawFileOfVariablesKeepsItsValuesAsTheyAreWritten() throws IOException {
        Files.writeString(directory.resolve("raw.env"), "A='one' # two\n# no\nB=\"3\"\n");
        assertThat(service("env_file: [{path: raw.env, format: raw}]").environment())
                .containsExactly("A='one' # two", "B=\"3\"");
    }

    @Test
    void theContainerWhoseNetworkIsSharedHasTheNameThatItsServiceGivesIt() throws IOException {
        Project project = project("""
                services:
                  vpn: {image: httpd:2.4, container_name: tunnel}
                  web: {image: httpd:2.4, network_mode: 'service:vpn'}
                  api: {image: httpd:2.4, network_mode: 'service:web'}
                """);
        assertThat(project.containers())
                .extracting(
                        container -> container.definition().name(),
                        container ->
                                container.definition().networks().getFirst().network())
                .containsExactly(
                        tuple("tunnel", "myshop_default"),
                        tuple("myshop-web-1", "container:tunnel"),
                        tuple("myshop-api-1", "container:myshop-web-1"));
    }

    @Test
    void portsAreExposedOneByOneAndInRanges() throws IOException {
        assertThat(service("expose: [3000, '8000-8001/udp']").exposed())
                .extracting(Object::toString)
                .containsExactly("3000/tcp", "8000/udp", "8001/udp");
    }

    @Test
    void anchorsAndMergeKeysAreResolved() throws IOException {
        Project project = project("""
                x-one: &one {image: "httpd:2.4", hostname: one}
                x-two: &two {hostname: two, tty: true}
                services:
                  a: *one
                  b: {<<: [*one, *two], hostname: own}
                """);

        assertThat(project.containers())
                .extracting(
                        container -> container.definition().hostname(),
                        container -> container.definition().tty())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("one", false),
                        org.assertj.core.groups.Tuple.tuple("own", true));
    }

    @Test
    void servicesStartBehindThoseTheyDependOnAndAsOftenAsAsked() throws IOException {
        Project project = project("""
                services:
                  web: {image: "httpd:2.4", depends_on: {app: {condition: service_started}}, scale: 2}
                  app: {image: "httpd:2.4", depends_on: [db]}
                  db: {image: "httpd:2.4"}
                  debug: {image: "httpd:2.4", profiles: [debug]}
                """);

        assertThat(project.containers())
                .extracting(ProjectContainer::name)
                .containsExactly("myshop-db-1", "myshop-app-1", "myshop-web-1", "myshop-web-2");
        assertThat(project.notes()).containsExactly("left out: services.debug, which is only for debug");
    }

    @Test
    void whatIsNotCarriedOutIsSaid() throws IOException {
        Project project = project("""
                version: "3.8"
                services:
                  web: {image: "httpd:2.4", volumes: ["./a:/a"], healthcheck: {test: x}, x-mine: 1}
                volumes: {data: }
                """);

        assertThat(project.notes())
                .containsExactly(
                        "not carried out: volumes",
                        "not carried out: services.web.volumes",
                        "not carried out: services.web.healthcheck");
    }
}
