package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.PrivateRegistry;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An image that a registry gives only to those who have logged in. Docker's own client logs in, and tells what the
/// engine has afterwards.
class PrivateImageTest extends RealEngineTest {
    private static final String REGISTRY = "127.0.0.1:5000";
    private static final String PRIVATE = REGISTRY + "/team/shop:1";
    private static final String PUBLIC = "127.0.0.1:5001/team/shop:1";
    private static final String SECRET = "not-to-be-seen";

    private static Process registry;

    @TempDir
    Path config;

    private EngineHost person;

    @BeforeAll
    static void startTheRegistry() throws IOException {
        Path saved = Files.createDirectory(directory.resolve("saved"));
        engine.onHost("docker -H " + engine.address() + " save " + IMAGE + " | tar -x -C " + saved);
        List<String> line = new ArrayList<>(engine.joining());
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                // Docker tries TLS first, and waits for an answer.
                "-Dsun.net.httpserver.maxReqTime=1",
                "-cp",
                System.getProperty("java.class.path"),
                PrivateRegistry.class.getName(),
                saved.toString(),
                "5000",
                "anna",
                SECRET));
        registry = new ProcessBuilder(line)
                .redirectError(directory.resolve("registry.err").toFile())
                .start();
        assertThat(registry.inputReader().readLine())
                .as(Files.readString(directory.resolve("registry.err")))
                .isEqualTo("ready");
    }

    @AfterAll
    static void endTheRegistry() throws Exception {
        if (registry != null) {
            registry.outputWriter().close();
            assertThat(registry.waitFor()).isZero();
        }
    }

    @BeforeEach
    void connectAsThePerson() throws EngineException {
        person = RealEngine.connect(
                engine.asHost(),
                MachineAccess.none(),
                DockerEngine.SILENCE,
                Map.of("DOCKER_CONFIG", config.toString(), "PATH", config + ":/usr/bin:/bin"),
                new EngineHistory(null),
                progress::add);
        assertThat(images()).isEmpty();
    }

    @AfterEach
    void leaveNoImage() {
        person.close();
        engine.onHost("docker -H " + engine.address() + " rm -f shop; docker -H " + engine.address() + " rmi " + PRIVATE
                + " " + PUBLIC + " || true");
    }

    @Test
    void whoHasLoggedInGetsIt() throws Exception {
        logIn();

        ok(person.apply(shop(PRIVATE)));

        assertThat(images()).isEqualTo(PRIVATE);
        assertThat(inspected("shop", ".Config.Image") + inspected("shop", ".State.Running"))
                .isEqualTo(PRIVATE + "true");
        nothingIsToldOfTheSecret();
    }

    @Test
    void whoHasNotLoggedInIsRefusedInDockersWords() throws Exception {
        Refusal refusal = refusedToThePerson();

        assertThat(refusal.sentence()).isEqualTo(dockersRefusal());
        assertThat(refusal.advice()).isEmpty();
    }

    @Test
    void aCredentialHelperIsAsked() throws Exception {
        Files.writeString(config.resolve("config.json"), "{\"credHelpers\": {\"" + REGISTRY + "\": \"test\"}}");
        Path helper = Files.writeString(
                config.resolve("docker-credential-test"),
                "#!/bin/sh\n[ \"$1 $(cat)\" = 'get " + REGISTRY + "' ] || exit 1\n"
                        + "echo '{\"Username\": \"anna\", \"Secret\": \"" + SECRET + "\"}'\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));

        ok(person.apply(shop(PRIVATE)));

        assertThat(images()).isEqualTo(PRIVATE);
        nothingIsToldOfTheSecret();
    }

    @Test
    void aDamagedConfigurationIsNamedAndPublicImagesStillCome() throws Exception {
        logIn();
        Path file = config.resolve("config.json");
        Files.writeString(file, Files.readString(file).replace("\"auths\": {", "\"auths\": {,"));

        Refusal refusal = refusedToThePerson();

        assertThat(refusal.sentence()).isEqualTo(dockersRefusal());
        assertThat(refusal.advice())
                .isEqualTo("No credentials were sent to " + REGISTRY + ": " + file + " is not valid JSON (line 2).");
        assertThat(progress).contains(refusal.advice());
        ok(person.apply(shop(PUBLIC)));
        assertThat(inspected("shop", ".Config.Image")).isEqualTo(PUBLIC);
        nothingIsToldOfTheSecret();
    }

    private static Change shop(String image) {
        return Change.RunContainer.of("shop", image, List.of(), List.of());
    }

    private void logIn() {
        assertThat(engine.docker("--config", config.toString(), "login", "-u", "anna", "-p", SECRET, REGISTRY))
                .contains("Login Succeeded");
    }

    private Refusal refusedToThePerson() throws EngineException {
        Outcome outcome = person.apply(shop(PRIVATE));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(images()).isEmpty();
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        return ((Outcome.Refused) outcome).refusal();
    }

    private static String dockersRefusal() {
        return engine.refused("pull", PRIVATE).replaceFirst("(?s).*Error response from daemon: ", "");
    }

    private static String images() {
        return engine.docker("images", "--format", "{{.Repository}}:{{.Tag}}", REGISTRY + "/team/shop");
    }

    private void nothingIsToldOfTheSecret() throws EngineException {
        String pair = Base64.getEncoder().encodeToString(("anna:" + SECRET).getBytes());
        assertThat(progress).isNotEmpty();
        assertThat(progress + " " + person.topology().activity()).doesNotContain(SECRET, pair);
    }
}
