package dev.patchbay.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.engine.spec.PoolRequest;
import dev.patchbay.engine.spec.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a Compose file means, and what is said of one that means nothing.
class ComposeFileTest {
    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    @BeforeEach
    void aDirectoryNamesTheProject() throws IOException {
        directory = Files.createDirectory(temporary.resolve("My.Shop"));
    }

    private Reading read(String text, Map<String, String> environment) throws IOException {
        return ComposeFile.read(Files.writeString(directory.resolve("compose.yaml"), text), environment, null);
    }

    private Project project(String text) throws IOException {
        return project(text, Map.of());
    }

    private Project project(String text, Map<String, String> environment) throws IOException {
        Reading reading = read(text, environment);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).project();
    }

    private String refusal(String text) throws IOException {
        Reading reading = read(text, Map.of());
        assertThat(reading).as(text).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).refusal().sentence();
    }

    /// The only container of a service with these lines.
    private Change.RunContainer service(String lines) throws IOException {
        String indented = lines.strip().indent(4);
        Project project =
                project("services:\n  web:\n    image: httpd:2.4\n" + indented + "networks: {front: , back: }");
        assertThat(project.containers()).hasSize(1);
        return project.containers().getFirst().wanted();
    }

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
                Objects.requireNonNull(project.networks().getFirst().wanted());
        assertThat(network.labels())
                .isEqualTo(Map.of("com.docker.compose.project", "myshop", "com.docker.compose.network", "default"));
        Change.RunContainer web = project.containers().getFirst().wanted();
        assertThat(web.name()).isEqualTo("myshop-web-1");
        assertThat(web.networks())
                .containsExactly(EndpointRequest.on("myshop_default").withAliases(List.of("myshop-web-1", "web")));
        assertThat(web.labels())
                .isEqualTo(Map.of(
                        "tier", "front",
                        "com.docker.compose.project", "myshop",
                        "com.docker.compose.service", "web",
                        "com.docker.compose.container-number", "1",
                        "com.docker.compose.oneoff", "False"));
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
                                        dev.patchbay.engine.spec.Driver.BRIDGE,
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
                .containsExactly("db:10.0.0.5", "six:fd00:0:0:0:0:0:0:1", "up:host-gateway");
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

        Change.RunContainer web = project.containers().getFirst().wanted();
        assertThat(web.image()).isEqualTo("httpd:2.4");
        assertThat(web.ports()).extracting(Object::toString).containsExactly("8081:80");
        assertThat(web.environment())
                .containsExactly("ONE=a b", "TWO=deep", "THREE=set", "FOUR=$HOME replaced", "FIVE=");
        assertThat(project.notes()).containsExactly("the variable NOWHERE is not set and stands for nothing");
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
                        container -> container.wanted().hostname(),
                        container -> container.wanted().tty())
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

    static List<String[]> wrong() {
        return List.of(
                new String[] {
                    "services: {web: {image: x, prots: []}}",
                    "compose.yaml:1:28: services.web.prots is not a key of a Compose file"
                },
                new String[] {"servces: {}", "compose.yaml:1:1: servces is not a key of a Compose file"},
                new String[] {
                    "services:\n  web: {image: x, ports: 80}", "compose.yaml:2:26: services.web.ports must be a list"
                },
                new String[] {
                    "services:\n  web: {image: x, ports: ['x:80']}",
                    "compose.yaml:2:27: services.web.ports[0]: Invalid hostPort: x"
                },
                new String[] {
                    "services: {web: {image: x, tty: perhaps}}",
                    "compose.yaml:1:33: services.web.tty must be true or false"
                },
                new String[] {"services: {web: {}}", "compose.yaml:1:17: services.web: it has no image"},
                new String[] {"services: {web: {image: [x]}}", "compose.yaml:1:25: services.web.image must be a text"},
                new String[] {
                    "services: {web: {image: x, networks: [n]}}",
                    "compose.yaml:1:39: services.web.networks[0]: the file has no network n"
                },
                new String[] {
                    "services: {web: {image: x, depends_on: [y]}}",
                    "compose.yaml:1:17: services.web: it depends on a service that is not there: y"
                },
                new String[] {
                    "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}",
                    "compose.yaml:1:15: services.a: it depends on itself, by a, b"
                },
                new String[] {
                    "services: {web: {image: x, extends: {file: y}}}",
                    "compose.yaml:1:28: services.web.extends is not supported by Patchbay"
                },
                new String[] {
                    "services: {web: {image: x, image: y}}", "compose.yaml:1:28: services.web.image is given twice"
                },
                new String[] {
                    "services: {web: {image: '${X?say which}'}}",
                    "compose.yaml:1:25: required variable X is missing a value: say which"
                },
                new String[] {
                    "services: {web: {image: '${'}}", "compose.yaml:1:25: invalid interpolation format: \"${\""
                },
                new String[] {
                    "services: {web: {image: x, container_name: y, scale: 2}}",
                    "compose.yaml:1:17: services.web: container_name cannot be used with more than one container"
                },
                new String[] {
                    "services: {web: {image: x, scale: 100000}}",
                    "compose.yaml:1:35: services.web.scale must be a number from 0 to 500"
                },
                new String[] {
                    "services: {web: {image: x, network_mode: none, networks: [default]}}",
                    "compose.yaml:1:17: services.web: it has both network_mode and networks, which exclude each other"
                },
                new String[] {
                    "name: Shop!",
                    "compose.yaml:1:1: invalid project name \"Shop!\": it must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number"
                },
                new String[] {
                    "networks: {n: {driver: overlay}}",
                    "compose.yaml:1:24: networks.n.driver is not supported by Patchbay"
                });
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aMistakeIsToldWithItsPlace(String text, String sentence) throws IOException {
        assertThat(refusal(text)).isEqualTo(sentence);
    }

    static List<String[]> hostile() {
        StringBuilder doubling = new StringBuilder("x0: &a0 [1, 1]\n");
        for (int i = 1; i < 40; i++) {
            doubling.append("x-%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return List.of(
                new String[] {doubling.toString(), "aliases make far too much of this file"},
                new String[] {"x-a: &a [*a]", "aliases make far too much of this file"},
                new String[] {"x-a: &a {b: *a}", "aliases make far too much of this file"},
                new String[] {"x-a: &a {<<: *a}", "aliases make far too much of this file"},
                new String[] {"x: " + "[".repeat(100_000), "the file is nested too deeply"},
                new String[] {"{a: ".repeat(50_000), "the file is nested too deeply"},
                new String[] {"#" + "a".repeat(2_000_000), "it is longer than a megabyte"},
                new String[] {"x-a: !!javax.script.ScriptEngineManager [1]", "means nothing here"},
                new String[] {"x-a: !!binary aGk=", "means nothing here"},
                new String[] {"x-a: !foo 1", "means nothing here"},
                new String[] {"? [a, b]\n: 1", "key"},
                new String[] {"", "this is no Compose file"},
                new String[] {"[]", "this is no Compose file"},
                new String[] {"just words", "this is no Compose file"},
                new String[] {"a: b: c", "this is no YAML"},
                new String[] {"a: [1", "this is no YAML"},
                new String[] {"\tservices: {}", "this is no YAML"},
                new String[] {"a: 1\n---\nb: 2", "a second document begins here"},
                new String[] {"services: []", "services must be a mapping"},
                new String[] {"services: {web: 1}", "services.web must be a mapping"},
                new String[] {"\"a\\e[31mb\": 1", "a?[31mb is not a key"},
                new String[] {
                    "services: {web: {image: \"" + "${a:-".repeat(5000) + "}".repeat(5000) + "\"}}",
                    "invalid interpolation format"
                },
                new String[] {"a: \u0007", "this is no YAML"});
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileTextIsRefusedInASentence(String text, String part) throws IOException {
        assertThat(refusal(text)).contains(part).hasSizeLessThan(400).doesNotContain("Exception:");
    }

    @Test
    void aFileThatCannotBeReadIsToldSo() throws IOException {
        assertThat(ComposeFile.read(directory.resolve("missing.yaml"), Map.of(), null))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.refusal().sentence())
                                .isEqualTo("cannot read " + directory.resolve("missing.yaml")
                                        + ": No such file or directory"));
        Files.write(directory.resolve("compose.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(ComposeFile.read(directory.resolve("compose.yaml"), Map.of(), null))
                .isInstanceOf(Reading.Refused.class);
    }
}
