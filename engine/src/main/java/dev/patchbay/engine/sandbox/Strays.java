package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// Processes and files of sandboxes that no record knows, as a helper that died leaves them.
public final class Strays {
    private final Path directory;

    /// @param directory `sandboxes/` of the Lab
    public Strays(Path directory) {
        this.directory = directory;
    }

    /// The short ids of all sandboxes that have files.
    public List<String> directories() throws EngineException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            // Beside them lie the scripts that every sandbox runs.
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EngineException("list sandboxes", "cannot read " + directory, e);
        }
    }

    /// Kills every process that is in the network namespace `/run/netns/NAME`, and returns when they are gone.
    public void killAllIn(String namespace) throws EngineException {
        OptionalLong inode = inode(namespace);
        if (inode.isEmpty()) {
            return;
        }
        List<ProcessIdentity> inside = ProcessHandle.allProcesses()
                .map(handle -> ProcessIdentity.of(handle.pid()))
                .flatMap(Optional::stream)
                .filter(process -> process.namespace("net").equals(inode))
                .toList();
        inside.forEach(ProcessIdentity::kill);
        for (ProcessIdentity process : inside) {
            await(process);
        }
    }

    /// Ends what still runs of a sandbox and deletes its files.
    public void remove(String shortId) throws EngineException {
        SandboxFiles files = new SandboxFiles(directory.resolve(shortId));
        Optional<ProcessIdentity> supervisor = files.supervisor();
        files.init().filter(ProcessIdentity::isAlive).ifPresent(ProcessIdentity::kill);
        if (supervisor.isPresent()) {
            await(supervisor.get());
        }
        files.delete();
    }

    private static OptionalLong inode(String namespace) {
        try {
            return OptionalLong.of((Long) Files.getAttribute(Path.of("/run/netns", namespace), "unix:ino"));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static void await(ProcessIdentity process) throws EngineException {
        try {
            process.onExit().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new EngineException("wait for process " + process.pid(), "its end could not be watched", e);
        }
    }
}
