package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Processes and files of sandboxes without a record, left by a helper that ended unexpectedly.
public final class Orphans {
    private final Path directory;

    /// @param directory `sandboxes/` of the Lab
    public Orphans(Path directory) {
        this.directory = directory;
    }

    /// The short ids of all sandboxes that have files.
    public List<String> sandboxIds() throws EngineException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            // The directory also has the scripts that every sandbox runs.
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EngineException("list sandboxes", "cannot read " + directory, e);
        }
    }

    /// Whether the network namespace `/run/netns/NAME` is used by no process outside of the sandbox, so
    /// that its processes may be killed. True also when a crash has left a name without a namespace.
    public static boolean isExclusive(String name) throws EngineException {
        try (Namespace namespace = openIfExists(name)) {
            return namespace == null || describeOtherUse(name, namespace) == null;
        }
    }

    /// Kills every process in the network namespace `/run/netns/NAME`, and returns when they have ended.
    ///
    /// @throws EngineException EINVAL, and nothing was killed, when it is the network of this process or
    ///     of the first process, or has another name as well
    public void killAllIn(String name) throws EngineException {
        try (Namespace namespace = openIfExists(name)) {
            if (namespace == null) {
                return;
            }
            if (describeOtherUse(name, namespace) instanceof String other) {
                throw new EngineException(
                        "end the processes in namespace " + name,
                        "it is " + other + ", so no process in it is ended",
                        Errno.EINVAL,
                        null);
            }
            // The inode is not reused while the namespace is open.
            OptionalLong inode = OptionalLong.of(namespace.inode());
            List<ProcessIdentity> inside = ProcessHandle.allProcesses()
                    .map(handle -> ProcessIdentity.of(handle.pid()))
                    .flatMap(Optional::stream)
                    .filter(process -> process.namespaceInode("net").equals(inode))
                    .toList();
            for (ProcessIdentity process : inside) {
                process.kill();
            }
            for (ProcessIdentity process : inside) {
                process.killAndAwaitExit();
            }
        }
    }

    /// Null when the name has no namespace; others may have given that name.
    private static @Nullable Namespace openIfExists(String name) throws EngineException {
        try {
            return Namespaces.openFile(NetnsName.DIRECTORY.resolve(name).toString());
        } catch (EngineException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.EINVAL) {
                return null;
            }
            throw e;
        }
    }

    /// The other user of the namespace; null for none.
    private static @Nullable String describeOtherUse(String named, Namespace namespace) throws EngineException {
        try (Namespace own = Namespaces.current();
                // The first process of the machine; in a Lab its anchor.
                Namespace first = Namespaces.openProcess(1)) {
            if (namespace.isSameAs(own) || namespace.isSameAs(first)) {
                return "the host's own network";
            }
        }
        for (String name : Namespaces.names()) {
            try (Namespace other = name.equals(named) ? null : openIfExists(name)) {
                if (other != null && other.isSameAs(namespace)) {
                    return "namespace " + name + " as well";
                }
            }
        }
        return null;
    }

    /// Kills the remaining processes of a sandbox and deletes its files.
    public void remove(String shortId) throws EngineException {
        SandboxFiles files = new SandboxFiles(directory.resolve(shortId));
        Optional<ProcessIdentity> supervisor = files.supervisor();
        Optional<ProcessIdentity> init = files.init();
        if (init.isPresent()) {
            init.get().kill();
        }
        if (supervisor.isPresent()) {
            SupervisedWorkload.endSupervisor(supervisor.get());
        }
        files.delete();
    }
}
