package dev.patchbay.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedInstallationTest {
    @TempDir
    Path place;

    private Path jar;

    @BeforeEach
    void copyTheHelper() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root has files that are root's");
        jar = Files.writeString(Files.createDirectory(place.resolve("helper")).resolve("engine.jar"), "classes");
        Files.writeString(jar.resolveSibling("jackson.jar"), "classes");
    }

    @Test
    void rootsOwnCopyMayServeTheMachine() throws IOException {
        assertThat(TrustedInstallation.firstUntrusted(jar)).isEmpty();
    }

    @Test
    void whatItsCallerCouldChangeServesALabOnly() throws IOException {
        Files.setAttribute(jar.resolveSibling("jackson.jar"), "unix:uid", 1000);
        assertThat(TrustedInstallation.firstUntrusted(jar)).contains(jar.resolveSibling("jackson.jar"));
    }

    @Test
    void aDirectoryThatOthersWriteToIsNoPlace() throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(TrustedInstallation.firstUntrusted(jar)).contains(place);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(TrustedInstallation.firstUntrusted(jar)).contains(jar);
    }
}
