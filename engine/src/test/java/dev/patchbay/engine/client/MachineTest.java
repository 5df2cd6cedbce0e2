package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.testing.PrivateNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// This machine's helper in the tests' own namespace, which root and those it lets in may use.
@ExtendWith(PrivateNamespace.class)
class MachineTest {
    /// Becomes a program whose standard input is a socket that listens, as systemd starts one.
    private static final String LISTENING = "use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0) or die;"
            + " bind(S, sockaddr_un(shift)) or die; listen(S, 8) or die; open(STDIN, '<&S') or die; exec @ARGV";

    @TempDir
    private Path place;

    private StateDirectory directory;
    private Machine machine;

    @BeforeEach
    void openThePlace() throws Exception {
        PrivateNamespace.require(
                System.getProperty("user.name").equals("root")
                        && Files.readString(Path.of("/proc/self/uid_map"))
                                .strip()
                                .endsWith("4294967295"),
                "root of the machine");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        directory = StateDirectory.ofMachine(place.resolve("home"), place.resolve("run"));
        machine = new Machine(directory, HelperCommand.ofThisProgram(), List.of());
    }

    @AfterEach
    void end() throws Exception {
        machine.down();
        assertThat(directory.socket()).doesNotExist();
    }

    @Test
    void whomRootLetInReachesTheHelperAndNobodyElse() throws Exception {
        assertThat(machine.up()).isEqualTo(new HelperStart.Ready(directory.socket()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.directory())))
                .isEqualTo("rwx------");
        assertThat(isHeard(65534)).isFalse();

        machine.admit(65534);
        assertThat(isHeard(65534)).isTrue();
        assertThat(isHeard(65533)).isFalse();

        machine.down();
        machine.up();
        assertThat(isHeard(65534)).as("after root ended the helper").isFalse();
    }

    @Test
    void whomRootLetInNeitherEndsItNorChangesHowItActs() throws Exception {
        machine.up();
        machine.admit(65534);
        for (String verb : List.of("{\"verb\":\"stop\"}", "{\"verb\":\"auto-repair\",\"on\":true}")) {
            assertThat(answerTo(65534, verb)).contains("\"reply\":\"refused\"", "\"code\":\"needs-root\"");
        }
        assertThat(answerTo(65534, "{\"verb\":\"snapshot\"}")).contains("\"autoRepair\":false");
        assertThat(HelperProcess.isResponding(directory.socket(), HelperClient.RESPONSE_TIMEOUT))
                .isTrue();
        assertThat(answerTo(0, "{\"verb\":\"auto-repair\",\"on\":true}")).contains("\"reply\":\"done\"");
    }

    /// `JAVA_TOOL_OPTIONS` would be code that runs as root.
    @Test
    void nothingOfTheEnvironmentArrives() throws Exception {
        machine.up();
        ProcessIdentity helper =
                Json.MAPPER.readValue(Files.readString(directory.helperRecord()), ProcessIdentity.class);
        assertThat(Files.readString(Path.of("/proc", Long.toString(helper.pid()), "environ"))
                        .split("\0"))
                .extracting(variable -> variable.substring(0, variable.indexOf('=')))
                .containsExactlyInAnyOrder("LC_ALL", "PATH");
        assertThat(System.getenv()).containsKey("PATCHBAY_OUTER_NETNS");
    }

    @Test
    void aHelperTakesOverTheSocketThatSystemdListenedOn() throws Exception {
        directory.prepare();
        Files.createDirectories(directory.sockets());
        List<String> words = new ArrayList<>(
                List.of("perl", "-e", LISTENING, directory.systemdSocket().toString()));
        words.addAll(HelperCommand.ofThisProgram().commandLine(directory));
        Process unit = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("log").toFile())
                .start();
        // The file is there before anybody listens.
        await().untilAsserted(() -> assertThat(machine.running()).contains(directory.systemdSocket()));

        assertThat(machine.up()).isEqualTo(new HelperStart.Ready(directory.systemdSocket()));
        await().until(() -> HelperProcess.isResponding(directory.socket(), HelperClient.RESPONSE_TIMEOUT));
        machine.down();
        assertThat(unit.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(unit.exitValue()).isZero();
        assertThat(ProcessIdentity.of(unit.pid())).isEmpty();
        assertThat(directory.systemdSocket()).as("systemd's, who listens on").exists();
    }

    /// Whether the helper answers such a user, or has closed before.
    private boolean isHeard(int uid) throws Exception {
        return !answerTo(uid, "{\"verb\":\"hello\"}").isEmpty();
    }

    private String answerTo(int uid, String request) throws Exception {
        String script = "use Socket; alarm 20; socket(S, AF_UNIX, SOCK_STREAM, 0) or die;"
                + " connect(S, sockaddr_un($ARGV[0])) or die; $m = $ARGV[1];"
                + " syswrite(S, pack('N', length $m) . $m) or die; read(S, $length, 4) or exit 1;"
                + " read(S, $answer, unpack('N', $length)); print $answer";
        Process asking = new ProcessBuilder(
                        "setpriv",
                        "--reuid=" + uid,
                        "--regid=" + uid,
                        "--clear-groups",
                        "--",
                        "perl",
                        "-e",
                        script,
                        directory.socket().toString(),
                        "{\"id\":1,\"request\":" + request + "}")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asking.waitFor();
        return answer;
    }
}
