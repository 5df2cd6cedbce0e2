package dev.patchbay.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.client.StubHelperMain;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class LabProcessTest {
    private static final Path TEST_CLASSES = placeOf(LabProcessTest.class);

    @TempDir
    Path home;

    private StateDirectory directory;
    private Lab lab;
    private List<String> processesBefore;

    @BeforeEach
    void startWithNothing() throws Exception {
        directory = new StateDirectory(home);
        lab = new Lab(directory, HelperCommand.of(StubHelperMain.class.getName(), List.of(TEST_CLASSES)));
        processesBefore = otherProcesses();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        lab.down();
        await().untilAsserted(() -> assertThat(otherProcesses()).isEqualTo(processesBefore));
        assertThat(directory.socket()).doesNotExist();
        assertThat(directory.anchorRecord()).doesNotExist();
        assertThat(lab.status().state()).isEqualTo(LabStatus.State.DOWN);
    }

    @Test
    void isANetworkOfItsOwnWithAHelperThatAnswers() throws Exception {
        assertThat(lab.status()).isEqualTo(new LabStatus(LabStatus.State.DOWN, 0, 0, directory.directory()));

        assertThat(lab.up()).isEqualTo(new HelperStart.Ready(directory.socket()));

        LabStatus status = lab.status();
        assertThat(status.state()).isEqualTo(LabStatus.State.UP);
        assertThat(Files.readString(Path.of("/proc/" + status.helperPid() + "/cmdline")))
                .contains(StubHelperMain.class.getName());
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + status.helperPid() + "/ns/net")))
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/" + status.anchorPid() + "/ns/net")))
                .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        assertThat(in("ip", "-o", "link").lines()).singleElement().asString().contains("lo:", "UP");
        assertThat(Shell.run("stat", "-c", "%a", directory.directory().toString()))
                .isEqualTo("700\n");
        assertThat(Files.readAllLines(directory.directory().resolve("environment")))
                .containsExactlyInAnyOrder("PATH", "LC_ALL");
    }

    @Test
    void saysWhyADirectoryCannotBeMade() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        Lab misplaced = new Lab(new StateDirectory(file), HelperCommand.of(StubHelperMain.class.getName(), List.of()));
        assertThatThrownBy(misplaced::up)
                .isInstanceOf(EngineException.class)
                .hasMessage("make the directory " + file.resolve("lab") + ": " + file + ": File exists");
    }

    @Test
    void twoCommandsAtOnceMakeOneLab() throws Exception {
        List<Process> commands = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            commands.add(new ProcessBuilder(up(classPath(), TEST_CLASSES, home)).start());
        }
        List<String> answers = new ArrayList<>();
        for (Process command : commands) {
            answers.add(new String(command.getInputStream().readAllBytes()));
        }

        assertThat(answers.get(0)).startsWith("Ready").isEqualTo(answers.get(1));
        // Not from ProcessHandle, which knows no command line that is longer than a page.
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> commandLine(process.pid()))
                        .filter(line -> line.contains(StubHelperMain.class.getName()) && line.contains("bin/java"))
                        .filter(line -> !line.contains("nsenter")))
                .hasSize(1);
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    @Test
    void aLostHelperComesBackIntoTheSameKernelState() throws Exception {
        lab.up();
        in("ip", "link", "add", "br0", "type", "bridge");
        long anchor = lab.status().anchorPid();
        ProcessIdentity.of(lab.status().helperPid()).orElseThrow().kill();
        await().until(() -> lab.status().state() == LabStatus.State.HELPER_GONE);

        lab.up();

        assertThat(lab.status().anchorPid()).isEqualTo(anchor);
        assertThat(in("ip", "-o", "link")).contains("br0");
    }

    /// `deaf` neither stops when it is asked.
    @ParameterizedTest
    @ValueSource(strings = {"0.0.9", "deaf"})
    void aHelperOfAnotherVersionIsReplacedInTheSameKernelState(String version) throws Exception {
        Files.createDirectories(directory.directory());
        Path otherVersion = directory.directory().resolve("version");
        Files.writeString(otherVersion, version);
        lab.up();
        in("ip", "link", "add", "br0", "type", "bridge");
        LabStatus before = lab.status();
        Files.delete(otherVersion);

        assertThat(lab.up()).isEqualTo(new HelperStart.Ready(directory.socket()));

        LabStatus after = lab.status();
        assertThat(after.anchorPid()).isEqualTo(before.anchorPid());
        assertThat(after.helperPid()).isNotZero().isNotEqualTo(before.helperPid());
        assertThat(ProcessIdentity.of(before.helperPid())).isEmpty();
        assertThat(in("ip", "-o", "link")).contains("br0");
        assertThat(lab.up()).isEqualTo(new HelperStart.Ready(directory.socket()));
        assertThat(lab.status()).isEqualTo(after);
    }

    @Test
    void aLostAnchorTakesEverythingAndIsMadeAnew() throws Exception {
        lab.up();
        long helper = lab.status().helperPid();
        long anchor = lab.status().anchorPid();
        ProcessIdentity.of(anchor).orElseThrow().kill();
        // The first process of a namespace ends after all others in it.
        await().until(() -> ProcessIdentity.of(helper).isEmpty()
                && ProcessIdentity.of(anchor).isEmpty());
        assertThat(lab.status().state()).isEqualTo(LabStatus.State.DOWN);

        assertThat(lab.up()).isInstanceOf(HelperStart.Ready.class);

        assertThat(lab.status().anchorPid()).isNotEqualTo(anchor);
    }

    @Test
    void anotherProcessWithTheAnchorsPidIsNotTheAnchor() throws Exception {
        lab.up();
        lab.down();
        Process innocent = new ProcessBuilder("sleep", "600").start();
        new Anchor(innocent.pid(), 1, ProcessIdentity.ownNamespaceInode("pid").orElse(0), 1, bootId()).write(directory);

        assertThat(lab.status().anchorPid()).isZero();
        lab.down();

        assertThat(innocent.isAlive()).isTrue();
        innocent.destroyForcibly().waitFor();
    }

    @Test
    void commandsRunInTheDirectoryAndTheNamespaceAsked() throws Exception {
        lab.up();
        in("ip", "netns", "add", "outside");
        in("ip", "-n", "outside", "link", "add", "far0", "type", "bridge");

        assertThat(in("pwd")).isEqualTo(Path.of("").toAbsolutePath() + "\n");
        assertThat(in("ls", "/sys/class/net")).isEqualTo("lo\n");
        assertThat(Shell.run(lab.command(List.of("ip", "-o", "link"), true).toArray(String[]::new)))
                .contains("far0");
        assertThat(in("printf", "%s|", "a b", "$(id)", "")).isEqualTo("a b|$(id)||");
    }

    @Test
    void aHelperThatDiesAtItsStartIsExplained() throws Exception {
        Files.createDirectories(directory.directory());
        Files.writeString(directory.directory().resolve("fail"), "");

        assertThat(lab.up()).isInstanceOfSatisfying(HelperStart.Unavailable.class, unavailable -> {
            assertThat(unavailable.refusal().sentence()).endsWith("the journal is broken");
            assertThat(unavailable.refusal().advice())
                    .contains(directory.helperLog().toString());
        });
        assertThat(lab.status().state()).isEqualTo(LabStatus.State.HELPER_GONE);
    }

    @Test
    void placesThatCannotHoldALabAreRefused() throws Exception {
        assertThat(refusal(home.resolve("x".repeat(100)))).isEqualTo("lab-path-too-long");
        assertThat(refusal(Path.of("/run/patchbay-test"))).isEqualTo("lab-path-hidden");
        Files.delete(Path.of("/run/patchbay-test"));
    }

    @Test
    void theDirectoryFollowsTheEnvironment() {
        assertThat(StateDirectory.of(Map.of("PATCHBAY_HOME", "/a", "XDG_STATE_HOME", "/b"))
                        .home())
                .isEqualTo(Path.of("/a"));
        assertThat(StateDirectory.of(Map.of("PATCHBAY_HOME", "", "XDG_STATE_HOME", "/b"))
                        .home())
                .isEqualTo(Path.of("/b/patchbay"));
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "relative")).home())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/patchbay"));
    }

    @Test
    void anOrdinaryUserHasALabToo() throws Exception {
        assumeTrue(
                Files.readString(Path.of("/proc/self/uid_map")).strip().endsWith("4294967295"),
                "only real root can become somebody else");
        Path place = Files.createTempDirectory(Path.of("/tmp"), "pb-user");
        try {
            List<Path> copies = new ArrayList<>();
            for (Path entry :
                    Stream.concat(classPath().stream(), Stream.of(TEST_CLASSES)).toList()) {
                Path copy = place.resolve(copies.size() + entry.getFileName().toString());
                Shell.run("cp", "-r", entry.toString(), copy.toString());
                copies.add(copy);
            }
            Path theirs = Files.createDirectory(place.resolve("home"));
            Shell.run("chmod", "-R", "a+rX", place.toString());
            Shell.run("chown", "65534:65534", theirs.toString());
            List<String> up = up(copies.subList(0, copies.size() - 1), copies.getLast(), theirs);

            assertThat(asNobody(up)).startsWith("Ready");
            Lab theirLab = new Lab(new StateDirectory(theirs), HelperCommand.ofThisProgram());
            assertThat(Files.readString(Path.of("/proc/" + theirLab.status().anchorPid() + "/uid_map")))
                    .matches("\\s*0\\s+65534\\s+1\\s*");
            assertThat(asNobody(theirLab.command(List.of("ip", "link", "add", "br0", "type", "bridge"), false)))
                    .isEmpty();
            assertThat(asNobody(theirLab.command(List.of("iptables", "-t", "nat", "-L", "-n"), false)))
                    .contains("Chain PREROUTING");
            asNobody(Stream.concat(up.stream(), Stream.of("down")).toList());
        } finally {
            Shell.run("rm", "-r", place.toString());
        }
    }

    private String refusal(Path place) throws Exception {
        HelperStart start = new Lab(new StateDirectory(place), HelperCommand.ofThisProgram()).up();
        return start instanceof HelperStart.Unavailable(var refusal) ? refusal.code() : start.toString();
    }

    private static String asNobody(List<String> words) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        line.addAll(words);
        return Shell.run(line.toArray(String[]::new));
    }

    private String in(String... words) throws Exception {
        return Shell.run(lab.command(List.of(words), false).toArray(String[]::new));
    }

    private static List<String> up(List<Path> classPath, Path testClasses, Path home) {
        String path = Stream.concat(classPath.stream(), Stream.of(testClasses))
                .map(Path::toString)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                LabUpMain.class.getName(),
                home.toString(),
                testClasses.toString());
    }

    private static List<Path> classPath() {
        return Stream.of(Lab.class, ObjectMapper.class, JsonFactory.class, JsonValue.class)
                .map(LabProcessTest::placeOf)
                .toList();
    }

    private static Path placeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static String bootId() throws Exception {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    private static List<String> otherProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().isPresent())
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .sorted()
                .toList();
    }
}
