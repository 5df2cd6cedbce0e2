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

/// The process that holds a Lab's namespaces, as recorded in `anchor.json`.
///
/// @param pid in the pid namespace of its starter
/// @param pidNamespace inode of that namespace, because the pid names another process in others
/// @param network inode of the Lab's own network namespace
/// @param bootId of the boot in which it started, because start times repeat after a reboot
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
            // It is written atomically, so another program changed it, and there is no usable anchor.
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

    /// Whether it may run in another pid namespace than the caller's, or than `/proc` shows, where this
    /// process cannot check it.
    boolean isInOtherPidNamespace() throws EngineException {
        return isOfThisBoot()
                && (!ProcessIdentity.isProcOwn()
                        || pidNamespace
                                != ProcessIdentity.ownNamespaceInode("pid").orElse(0));
    }

    private boolean isOfThisBoot() throws EngineException {
        return bootId.equals(BootId.current());
    }

    ProcessIdentity process() {
        return new ProcessIdentity(pid, startTime);
    }

    /// The prefix of a command line that runs in the Lab; orphans become children of the Lab's pid 1.
    List<String> nsenterCommand() throws EngineException {
        List<String> words = new ArrayList<>(List.of(Programs.require("nsenter"), "-t", Long.toString(pid)));
        if (!process().namespaceInode("user").equals(ProcessIdentity.ownNamespaceInode("user"))) {
            words.addAll(List.of("-U", "--preserve-credentials"));
        }
        words.addAll(List.of("-n", "-m", "-p", "--"));
        return words;
    }
}
