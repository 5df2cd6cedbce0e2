package dev.patchbay.engine.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.os.AtomicFile;
import dev.patchbay.engine.os.BootId;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import dev.patchbay.engine.spec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The process that holds a Lab's namespaces, as `anchor.json` records it.
///
/// @param pid in the pid namespace of whoever started it
/// @param pidNamespace inode of that namespace: seen from another one the pid means somebody else
/// @param network inode of the Lab's own network namespace
/// @param bootId of the boot it was started in: start times repeat after a reboot
record Anchor(long pid, long startTime, long pidNamespace, long network, String bootId) {

    static Anchor of(ProcessIdentity process) throws EngineException {
        return new Anchor(
                process.pid(),
                process.startTime(),
                ProcessIdentity.ownNamespaceInode("pid").orElse(0),
                process.namespaceInode("net").orElse(0),
                BootId.current());
    }

    static Optional<Anchor> read(StateDirectory directory) throws EngineException {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(directory.anchorRecord()), Anchor.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            // It is written whole or not at all; another hand was here, and an anchor nobody can name is no anchor.
            return Optional.empty();
        } catch (IOException e) {
            throw EngineException.of("read " + directory.anchorRecord(), e);
        }
    }

    void write(StateDirectory directory) throws EngineException {
        try {
            AtomicFile.write(directory.anchorRecord(), Json.MAPPER.writeValueAsString(this));
        } catch (IOException e) {
            throw EngineException.of("write " + directory.anchorRecord(), e);
        }
    }

    boolean isAlive() throws EngineException {
        return isOfThisBoot() && !isInOtherPidNamespace() && process().isAlive();
    }

    /// Whether it may live, but in a pid namespace that is not the caller's, so that nobody here can tell.
    boolean isInOtherPidNamespace() throws EngineException {
        return isOfThisBoot()
                && pidNamespace != ProcessIdentity.ownNamespaceInode("pid").orElse(0);
    }

    private boolean isOfThisBoot() throws EngineException {
        return bootId.equals(BootId.current());
    }

    ProcessIdentity process() {
        return new ProcessIdentity(pid, startTime);
    }

    /// The words before a command that runs as a guest of the Lab, its pid 1 as parent of orphans.
    List<String> nsenterCommand() throws EngineException {
        List<String> words = new ArrayList<>(List.of(Programs.require("nsenter"), "-t", Long.toString(pid)));
        if (!process().namespaceInode("user").equals(ProcessIdentity.ownNamespaceInode("user"))) {
            words.addAll(List.of("-U", "--preserve-credentials"));
        }
        words.addAll(List.of("-n", "-m", "-p", "--"));
        return words;
    }
}
