package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A reference to a sandbox's network namespace: its name from the helper, or a file of its owner.
///
/// The file may lead to another namespace after each start of the sandbox, and by mistake to the host.
/// So it is opened first and then checked, and the open namespace is used. A pid may belong to another
/// process by then; a container's process is verified by its cgroup, which its engine created.
public record NetnsRef(SandboxSpec sandbox) {
    private static final Pattern PROCESS_PATTERN = Pattern.compile("(/proc/[1-9][0-9]*)/ns/net");

    /// Its name in `ip netns` commands and in sentences.
    public String name() {
        return file() instanceof String file ? file : sandbox.netnsName();
    }

    /// The prefix of a command line that runs `ip` in it.
    public String ipCommand() {
        return file() instanceof String file ? "nsenter --net=" + file + " ip" : "ip -n " + sandbox.netnsName();
    }

    /// The prefix of a command line that runs another command in it.
    public String execPrefix() {
        return file() instanceof String file
                ? "nsenter --net=" + file + " "
                : "ip netns exec " + sandbox.netnsName() + " ";
    }

    /// Whether the namespace exists now.
    public boolean exists() throws EngineException {
        if (file() == null) {
            return Namespaces.names().contains(sandbox.netnsName());
        }
        try (Namespace _ = open()) {
            return true;
        } catch (EngineException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    /// Opens the namespace.
    ///
    /// @throws EngineException ENOENT when it does not exist any more; EINVAL when it is no namespace,
    ///     the host's own, or that of a process outside of the sandbox
    public Namespace open() throws EngineException {
        String file = file();
        Namespace held = file == null ? Namespaces.open(sandbox.netnsName()) : Namespaces.openFile(file);
        try (Namespace own = Namespaces.current()) {
            if (held.isSameAs(own)) {
                throw rejected(name(), " is the host's own network");
            }
            Matcher process = PROCESS_PATTERN.matcher(name());
            if (process.matches() && !isOfSandbox(Path.of(process.group(1)))) {
                throw rejected(name(), " is the network of a process in no cgroup of " + sandbox.id());
            }
            return held;
        } catch (EngineException e) {
            held.close();
            throw e;
        }
    }

    private static EngineException rejected(String file, String reason) {
        return new EngineException("open namespace " + file, file + reason, Errno.EINVAL, null);
    }

    private boolean isOfSandbox(Path process) {
        return sandbox.workload() instanceof Workload.ExternalNetns(String engine, String _)
                && new ContainerCgroup(engine, sandbox.id()).contains(process);
    }

    private @Nullable String file() {
        return sandbox.workload() instanceof Workload.ExternalNetns(String engine, String namespace)
                        && namespace != null
                ? visibleFile(namespace, new ContainerCgroup(engine, sandbox.id()))
                : null;
    }

    /// The file, or that of the container's first process: the files of an engine in a mount namespace
    /// of its own, as one from a snap, are not visible here or are not mounted.
    private static String visibleFile(String file, ContainerCgroup container) {
        return PROCESS_PATTERN.matcher(file).matches() || Namespaces.isNetns(Path.of(file))
                ? file
                : container
                        .firstProcess()
                        .map(process -> "/proc/" + process.pid() + "/ns/net")
                        .orElse(file);
    }
}
