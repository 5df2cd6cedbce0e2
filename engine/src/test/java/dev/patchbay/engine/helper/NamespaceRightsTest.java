package dev.patchbay.engine.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever may ask an engine may have its sandboxes plugged in, and nothing else.
class NamespaceRightsTest {
    @TempDir
    Path directory;

    private Path sandboxes;
    private Path sandbox;
    private Path socket;
    private Path groups;
    private UserPrincipal nobody;
    private NamespaceRights rights;

    @BeforeEach
    void anEngine() throws IOException {
        directory = directory.toRealPath();
        sandboxes = Files.createDirectory(directory.resolve("netns"));
        sandbox = Files.createFile(sandboxes.resolve("0123456789ab"));
        socket = Files.createFile(directory.resolve("engine.sock"));
        groups = Files.writeString(directory.resolve("group"), "");
        nobody = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        rights = new NamespaceRights(List.of(new EngineSandboxes(sandboxes, "", socket)), groups);
    }

    private UserPrincipal group() throws IOException {
        return Files.readAttributes(socket, PosixFileAttributes.class).group();
    }

    private void mode(String letters) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(letters));
    }

    private Optional<Refusal> refusal(Standing standing, UserPrincipal user, UserPrincipal group, Path file) {
        SpecChange change = new SpecChange(
                List.of(SandboxSpec.entered(Id.random(), "web", Instant.EPOCH, "", file.toString())), List.of());
        return rights.refusal(new Request.Preview(change, 1), new Peer(standing, user, group));
    }

    /// In no group that anything here is of.
    private Optional<Refusal> ofNobody(Path file) {
        return refusal(Standing.ADMITTED, nobody, nobody, file);
    }

    @Test
    void theSocketsModeDecides() throws IOException {
        mode("rw-rw----");
        assertThat(ofNobody(sandbox)).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo("namespace-not-yours");
            assertThat(refusal.sentence()).isEqualTo(sandbox + " is no network namespace that nobody may plug in.");
        });
        assertThat(refusal(Standing.ADMITTED, nobody, group(), sandbox)).isEmpty();
        Files.writeString(groups, "other:x:7:nobody\n" + group().getName() + ":x:8:somebody,nobody\n");
        assertThat(ofNobody(sandbox)).isEmpty();
        mode("rw-r--rw-");
        assertThat(ofNobody(sandbox))
                .as("a group's mode counts for its members alone")
                .isPresent();
        Files.writeString(groups, "");
        assertThat(ofNobody(sandbox)).isEmpty();
        Files.delete(socket);
        assertThat(ofNobody(sandbox)).isPresent();
    }

    @Test
    void nothingButTheEnginesOwnFilesIsOpened() throws IOException {
        mode("rw-rw-rw-");
        assertThat(ofNobody(sandbox)).isEmpty();
        Path link = Files.createSymbolicLink(sandbox.resolveSibling("link"), Path.of("/proc/1/ns/net"));
        Path way = Files.createSymbolicLink(directory.resolve("way"), sandboxes);
        for (Path file : List.of(
                link,
                way.resolve(sandbox.getFileName()),
                sandbox.resolveSibling("gone"),
                Path.of("/proc/1/ns/net"),
                Path.of("/proc/" + ProcessHandle.current().pid() + "/ns/net"))) {
            assertThat(ofNobody(file)).as(file.toString()).isPresent();
            assertThat(refusal(Standing.OWNER, nobody, nobody, file)).isEmpty();
        }
    }

    @Test
    void aPrefixKeepsOthersApartInTheSameDirectory() throws IOException {
        mode("rw-rw-rw-");
        rights = new NamespaceRights(List.of(new EngineSandboxes(sandboxes, "netns-", socket)), groups);
        assertThat(ofNobody(sandbox)).isPresent();
        assertThat(ofNobody(Files.createFile(sandbox.resolveSibling("netns-7"))))
                .isEmpty();
    }
}
