package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.app.Launcher;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.tour.TourScript;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Elevation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The session with two web servers, typed by an ordinary user into a Lab of that user's own. Root makes such a user
/// for the time of the test.
class UnprivilegedLabTest {
    private static final String USER = "patchbay-test";

    private Path directory;
    private List<String> asUser = List.of();
    private boolean userIsMade;

    @BeforeEach
    void prepare() throws Exception {
        directory = Files.createTempDirectory("patchbay-user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (isRoot()) {
            userIsMade = run(List.of("useradd", "--no-create-home", "--home-dir", home().toString(), USER))
                            .exitCode()
                    == 0;
            assumeTrue(userIsMade || System.getenv("CI") != null, "no user can be made");
            asUser = List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--");
        }
        Files.createDirectory(home());
        if (userIsMade) {
            assertThat(run(List.of("chown", USER, home().toString())).exitCode())
                    .isZero();
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private Path home() {
        return directory.resolve("home");
    }

    @AfterEach
    void removeTheUser() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(UnprivilegedLabTest::delete);
        }
        if (userIsMade) {
            assertThat(run(List.of("userdel", USER)).exitCode()).isZero();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSessionPasses() throws Exception {
        String classPath = readableClassPath();
        StringBuilder transcript = new StringBuilder();
        try {
            for (TourScript.Step step : TourScript.twoWebServers().steps()) {
                Result result = patchbay(classPath, step.words());
                transcript.append("$ ").append(step.commandLine()).append('\n').append(result.output());
                assertThat(result.exitCode()).as(transcript.toString()).isZero();
            }
            assertThat(SeedSession.shape(transcript.toString())).isEqualTo(SeedSession.expected());
        } finally {
            assertThat(patchbay(classPath, List.of("lab", "down")).exitCode()).isZero();
        }
    }

    /// The advice is not to ask for what cannot be given.
    @Test
    void whoStartsPatchbayFromFilesOfTheirOwnIsToldWhatRootNeeds() throws Exception {
        assumeTrue(!Files.exists(Elevation.HELPER), "the package is installed here");
        Result up = patchbay(readableClassPath(), List.of("host", "up"));
        assertThat(up.output())
                .startsWith("Error: ")
                .contains("a helper starts as root only from files that root alone can change")
                .contains("Install Patchbay's package, or start Patchbay as root.")
                .doesNotContain("daemon", "host up");
        assertThat(up.exitCode()).isEqualTo(1);
    }

    @Test
    void noDaemonSaidWhatPatchbaySays() {
        Refusal refusal = new Refusal("helper-not-installed", "a sentence", "an advice");
        assertThat(new CommandRefusedException(refusal).text()).startsWith("Error: a sentence");
        assertThat(new CommandRefusedException(Refusal.of("docker-conflict", "a word")).text())
                .isEqualTo("Error response from daemon: a word");
    }

    /// The class path of this test, less the tests, where any user can read it.
    private String readableClassPath() throws IOException {
        List<String> places = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (from.endsWith("test-classes") || !Files.exists(from)) {
                continue;
            }
            // Jars lie side by side under their own names, as installed: the engine's manifest names the others.
            Path to = Files.isDirectory(from)
                    ? directory.resolve("classes-" + places.size())
                    : directory.resolve(from.getFileName());
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
            places.add(to.toString());
        }
        return String.join(File.pathSeparator, places);
    }

    private Result patchbay(String classPath, List<String> words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(asUser);
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Launcher.class.getName()));
        line.addAll(words);
        return run(line);
    }

    private record Result(int exitCode, String output) {}

    private Result run(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(new File("/")).redirectErrorStream(true);
        builder.environment().put("HOME", home().toString());
        builder.environment().put("PATCHBAY_HOME", home().resolve("state").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
