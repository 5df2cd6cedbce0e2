package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.os.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that behave badly stand in for the real ones.
class IptablesProgramsTest {
    @TempDir
    Path directory;

    @Test
    void environmentAndDirectoryAreOurs() throws Exception {
        program("echo \"$PATH $LC_ALL $PWD $HOME $JAVA_HOME\"; cat; echo \"$@\"");
        assertThat(tool(10).run("step", IptablesPrograms.Name.RESTORE, "input\n", "--noflush", "--wait"))
                .isEqualTo(Programs.PATH + " C.UTF-8 /  \ninput\n--noflush --wait\n");
    }

    /// However the file is called and whatever it is linked to.
    @ParameterizedTest
    @CsvSource({
        "iptables-restore v1.8.9 (nf_tables), false",
        "iptables-restore v1.8.9 (legacy), true",
        "iptables-restore v1.6.1, true"
    })
    void theProgramItselfSaysWhichPacketFilterItSpeaksTo(String version, boolean legacy) throws Exception {
        program("echo asked >>" + directory.resolve("told") + "; echo '" + version + "'");
        IptablesPrograms tool = tool(10);
        assertThat(tool.isLegacy()).isEqualTo(legacy);
        assertThat(tool.isLegacy()).isEqualTo(legacy);
        assertThat(directory.resolve("told")).hasContent("asked");
    }

    @Test
    void aToolThatIsNotThereYetIsAskedAgain() throws Exception {
        IptablesPrograms tool = tool(10);
        assertThat(tool.isLegacy()).isTrue();
        program("echo 'iptables-restore v1.8.9 (nf_tables)'");
        assertThat(tool.isLegacy()).isFalse();
    }

    @Test
    void aFailureIsOneLineOfPlainText() throws IOException {
        program("printf 'bad \\033[31mline é %%s\\nsecond\\n' >&2; exit 3");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool(10).run("step", IptablesPrograms.Name.RESTORE, ""))
                .withMessage("step: iptables-restore ended with status 3: bad ?[31mline ? %s");
    }

    @Test
    void aProgramThatEndsBeforeReadingItsInputIsJudgedByItsStatus() throws IOException {
        program("exit 1");
        String input = "x".repeat(1 << 20);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool(10).run("step", IptablesPrograms.Name.RESTORE, input))
                .withMessage("step: iptables-restore ended with status 1");
    }

    @Test
    void muchErrorOutputDoesNotBlock() throws Exception {
        program("head -c 1000000 /dev/zero >&2; echo done");
        assertThat(tool(10).run("step", IptablesPrograms.Name.RESTORE, "")).isEqualTo("done\n");
    }

    @Test
    void aProgramThatHangsIsKilled() throws IOException {
        program("exec sleep 600");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool(1).run("step", IptablesPrograms.Name.RESTORE, "x".repeat(1 << 20)))
                .withMessage("step: iptables-restore did not end within 1 s");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .noneMatch(child -> child.info().command().orElse("").endsWith("sleep"));
    }

    /// What it started has its output open, and would keep whoever reads it waiting.
    @Test
    void aProgramThatHangsIsKilledWithWhatItStarted() throws IOException {
        program("sleep 601; true");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool(1).run("step", IptablesPrograms.Name.RESTORE, ""))
                .withMessage("step: iptables-restore did not end within 1 s");
        await().untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(line -> line.endsWith("sleep 601")));
    }

    @Test
    void endlessOutputIsCut() throws IOException {
        program("exec cat /dev/zero");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool(30).run("step", IptablesPrograms.Name.RESTORE, ""))
                .withMessageContaining("printed more than");
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool(10).run("step", IptablesPrograms.Name.SAVE, ""))
                .withMessage("step: iptables-save is not installed");
    }

    private IptablesPrograms tool(int seconds) {
        return new IptablesPrograms(
                Family.IPV4, List.of(directory.resolve("none"), directory), Duration.ofSeconds(seconds));
    }

    private void program(String script) throws IOException {
        Path file = directory.resolve("iptables-restore");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
