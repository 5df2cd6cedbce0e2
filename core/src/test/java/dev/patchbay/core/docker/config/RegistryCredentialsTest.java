package dev.patchbay.core.docker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryCredentialsTest {
    private static final String SECRET = "not-to-be-seen";

    private static final RegistryCredentials.Credentials NONE = new RegistryCredentials.Credentials(null, "");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "httpd:2.4, https://index.docker.io/v1/, docker.io",
        "library/httpd, https://index.docker.io/v1/, docker.io",
        "docker.io/library/httpd, https://index.docker.io/v1/, docker.io",
        "index.docker.io/library/httpd, https://index.docker.io/v1/, docker.io",
        "registry.example/shop/web:1, registry.example, registry.example",
        "127.0.0.1:5000/web@sha256:0123, 127.0.0.1:5000, 127.0.0.1:5000",
        "localhost/web, localhost, localhost",
        "Registry/web, Registry, Registry",
    })
    void aRegistryIsTheFirstPartOfAName(String image, String ofDocker, String ofPodman) throws Exception {
        config("{\"auths\": {\"" + ofDocker + "\": " + login("docker") + "}}");
        file("containers/auth.json", "{\"auths\": {\"" + ofPodman + "\": " + login("podman") + "}}");

        assertThat(sent(docker().of(image))).isEqualTo(fields("docker", ofDocker));
        assertThat(sent(podman(Map.of()).of(image))).isEqualTo(fields("podman", ofPodman));
    }

    /// Docker's client would take no key of another form for Docker Hub.
    @ParameterizedTest
    @CsvSource({
        "registry.example, registry.example/web, true",
        "https://registry.example, registry.example/web, true",
        "http://registry.example/v1/, registry.example/web, true",
        "registry.example/v2/, registry.example/web, true",
        "https://registry.example:5000/, registry.example/web, false",
        "registry.example.org, registry.example/web, false",
        "docker.io, httpd, false",
        "registry.example, httpd, false",
    })
    void aKeyMayBeAUrlOfTheRegistry(String key, String image, boolean found) throws Exception {
        config("{\"auths\": {\"" + key + "\": " + login("anna") + "}}");
        RegistryCredentials.Credentials credentials = docker().of(image);
        assertThat(credentials.auth() != null).isEqualTo(found);
        assertThat(credentials.problem()).isEmpty();
    }

    @Test
    void aTokenIsSentAsItIsKept() throws Exception {
        config("{\"auths\": {\"a.example\": {\"auth\": \"" + base64("anna:") + "\", \"identitytoken\": \"abc\"},"
                + " \"b.example\": {\"registrytoken\": \"def\"},"
                + " \"c.example\": {\"auth\": \"" + base64("anna:s:cret\0\0") + "\"}}}");
        assertThat(sent(docker().of("a.example/web")))
                .isEqualTo(json("{\"identitytoken\":\"abc\",\"username\":\"anna\",\"password\":\"\","
                        + "\"serveraddress\":\"a.example\"}"));
        assertThat(sent(docker().of("b.example/web")))
                .isEqualTo(json("{\"registrytoken\":\"def\",\"serveraddress\":\"b.example\"}"));
        assertThat(sent(docker().of("c.example/web")))
                .isEqualTo(json("{\"username\":\"anna\",\"password\":\"s:cret\",\"serveraddress\":\"c.example\"}"));
    }

    @Test
    void noConfigurationIsNoProblem() {
        assertThat(docker().of("registry.example/web")).isEqualTo(NONE);
        assertThat(podman(Map.of()).of("registry.example/web")).isEqualTo(NONE);
    }

    @Test
    void onlyTheDamagedEntryCannotBeRead() throws Exception {
        config("{\"auths\": {\"a.example\": {\"auth\": \"%" + SECRET + "\"}, \"b.example\": " + login("anna") + "}}");
        assertThat(docker().of("a.example/web").problem())
                .isEqualTo("No credentials were sent to a.example: its entry in " + directory
                        + "/config.json is damaged; log in again.");
        assertThat(sent(docker().of("b.example/web"))).isEqualTo(fields("anna", "b.example"));
    }

    /// A parser's message quotes what it does not know.
    @Test
    void aDamagedFileIsNamedWithoutWhatIsInIt() throws Exception {
        for (String damaged : new String[] {"{\"auths\": " + SECRET + "}", "\"" + SECRET, "{\"a\": \"" + SECRET}) {
            config(damaged);
            assertThat(docker().of("httpd:2.4").problem())
                    .startsWith(
                            "No credentials were sent to docker.io: " + directory + "/config.json is not valid JSON")
                    .doesNotContain(SECRET);
        }
        config("[1]");
        assertThat(docker().of("httpd:2.4").problem()).isEmpty();
    }

    @Test
    void aHelperComesBeforeTheStoreAndTheStoreBeforeTheFile() throws Exception {
        helper("one", "read registry; printf '{\"Username\":\"one\",\"Secret\":\"%s\"}' \"$registry\"");
        helper(
                "all",
                "read registry; [ \"$registry\" = token.example ]"
                        + " || { echo credentials not found in native keychain; exit 1; };"
                        + " echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
        config("{\"credHelpers\": {\"one.example\": \"one\", \"file.example\": \"\"}, \"credsStore\": \"all\","
                + " \"auths\": {\"one.example\": " + login("file") + ", \"file.example\": " + login("file")
                + ", \"token.example\": " + login("file") + "}}");
        assertThat(sent(docker().of("one.example/web")))
                .isEqualTo(
                        json("{\"username\":\"one\",\"password\":\"one.example\",\"serveraddress\":\"one.example\"}"));
        assertThat(sent(docker().of("token.example/web")))
                .isEqualTo(json("{\"identitytoken\":\"t\",\"serveraddress\":\"token.example\"}"));
        assertThat(sent(docker().of("file.example/web"))).isEqualTo(fields("file", "file.example"));
        assertThat(docker().of("httpd:2.4")).isEqualTo(NONE);
    }

    @Test
    void aHelperThatFailsIsNamedWithoutWhatItSaid() throws Exception {
        config("{\"credsStore\": \"test\"}");
        String sorry = "No credentials were sent to docker.io: docker-credential-test";
        assertThat(docker().of("httpd:2.4").problem())
                .isEqualTo(sorry + ", which the configuration names, is not installed.");
        helper("test", "echo " + SECRET + "; exit 3");
        assertThat(docker().of("httpd:2.4").problem()).isEqualTo(sorry + " failed with exit status 3.");
        helper("test", "echo " + SECRET);
        assertThat(docker().of("httpd:2.4").problem()).isEqualTo(sorry + " did not answer in JSON.");
    }

    @Test
    void aHelperThatDoesNotAnswerIsEnded() throws Exception {
        helper("test", "sleep 1000");
        Map<String, String> environment = environment(Map.of());
        assertThatThrownBy(() -> new CredentialHelper("test", environment, Duration.ofSeconds(2)).get("a.example"))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("docker-credential-test did not answer within 2 seconds");
        // On a busy machine it may not have come to its first line.
        await().untilAsserted(() -> assertThat(ProcessHandle.current().children())
                .noneMatch(child -> child.info().commandLine().orElse("").contains("docker-credential-test")));
    }

    @Test
    void podmanLooksWhereItsClientDoes() throws Exception {
        config("{\"auths\": {\"https://index.docker.io/v1/\": " + login("docker") + "}}");
        assertThat(sent(podman(Map.of()).of("httpd"))).isEqualTo(fields("docker", "docker.io"));
        file("home/containers/auth.json", "{\"auths\": {\"docker.io\": " + login("home") + "}}");
        assertThat(sent(podman(Map.of()).of("httpd"))).isEqualTo(fields("home", "docker.io"));
        file(
                "containers/auth.json",
                "{\"auths\": {\"docker.io\": " + login("run") + ", \"docker.io/library/httpd\": " + login("image")
                        + ", \"quay.example/team\": " + login("team") + "}}");
        assertThat(sent(podman(Map.of()).of("httpd:2.4"))).isEqualTo(fields("image", "docker.io"));
        assertThat(sent(podman(Map.of()).of("busybox"))).isEqualTo(fields("run", "docker.io"));
        assertThat(sent(podman(Map.of()).of("quay.example/team/web@sha256:01")))
                .isEqualTo(fields("team", "quay.example"));
        assertThat(podman(Map.of()).of("quay.example/other/web").auth()).isNull();
        Path chosen = file("chosen.json", "{}");
        assertThat(podman(Map.of("REGISTRY_AUTH_FILE", chosen.toString()))
                        .of("httpd")
                        .auth())
                .isNull();
        assertThat(sent(docker().of("httpd"))).isEqualTo(fields("docker", "https://index.docker.io/v1/"));
    }

    private RegistryCredentials docker() {
        return new RegistryCredentials(environment(Map.of()), false);
    }

    private RegistryCredentials podman(Map<String, String> more) {
        return new RegistryCredentials(environment(more), true);
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DOCKER_CONFIG", directory.toString(),
                "PATH", directory + ":/usr/bin:/bin",
                "XDG_RUNTIME_DIR", directory.toString(),
                "XDG_CONFIG_HOME", directory.resolve("home").toString()));
        environment.putAll(more);
        return environment;
    }

    /// As the header of a pull has it, without Base64.
    private static JsonNode sent(RegistryCredentials.Credentials credentials) {
        assertThat(credentials.problem()).isEmpty();
        assertThat(credentials.toString()).doesNotContain(SECRET);
        return new ObjectMapper()
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .valueToTree(credentials.auth());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static String login(String user) {
        return "{\"auth\": \"" + base64(user + ":" + SECRET) + "\"}";
    }

    private static JsonNode fields(String user, String registry) {
        ObjectNode fields = new ObjectMapper().createObjectNode();
        return fields.put("username", user).put("password", SECRET).put("serveraddress", registry);
    }

    private void config(String json) throws IOException {
        file("config.json", json);
    }

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void helper(String name, String script) throws IOException {
        Path file = file("docker-credential-" + name, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
