package dev.patchbay.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said of a Compose file that means nothing.
class ComposeRefusalTest extends ComposeTestFiles {
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
                    "services:\n  web: {image: x, expose: ['x']}",
                    "compose.yaml:2:28: services.web.expose[0]: invalid range format for --expose: x, error:"
                            + " strconv.ParseUint: parsing \"x\": invalid syntax"
                },
                new String[] {
                    "services:\n  web: {image: x, ports: ['x:80']}",
                    "compose.yaml:2:27: services.web.ports[0]: Invalid hostPort: x"
                },
                new String[] {
                    "services: {web: {image: x, tty: perhaps}}",
                    "compose.yaml:1:33: services.web.tty must be true or false"
                },
                new String[] {
                    "services: {web: {image: x, env_file: none.env}}",
                    "compose.yaml:1:38: services.web.env_file: env file none.env not found"
                },
                new String[] {
                    "services: {web: {image: x, env_file: [{path: none.env}]}}",
                    "compose.yaml:1:39: services.web.env_file[0]: env file none.env not found"
                },
                new String[] {
                    "services: {web: {image: x, env_file: [{path: none.env, format: ini}]}}",
                    "compose.yaml:1:39: services.web.env_file[0]: its format must be raw, or left out"
                },
                new String[] {
                    "services: {web: {image: x, ports: [{target: 80, mode: both}]}}",
                    "compose.yaml:1:36: services.web.ports[0]: its mode must be host or ingress, which differ in a"
                            + " swarm only"
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
                    "compose.yaml:1:1: invalid project name \"Shop!\": it must consist only of lowercase alphanumeric"
                            + " characters, hyphens, and underscores as well as start with a letter or number"
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
        assertThat(ComposeFile.read(List.of(directory.resolve("missing.yaml")), Map.of(), null))
                .isInstanceOfSatisfying(
                        ProjectReadResult.Refused.class,
                        refused -> assertThat(refused.refusal().sentence())
                                .isEqualTo("cannot read " + directory.resolve("missing.yaml")
                                        + ": No such file or directory"));
        Files.write(directory.resolve("compose.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(ComposeFile.read(List.of(directory.resolve("compose.yaml")), Map.of(), null))
                .isInstanceOf(ProjectReadResult.Refused.class);
    }
}
