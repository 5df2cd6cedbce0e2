package dev.patchbay.engine.netns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The way into a sandbox's network namespace: by the name that the helper gave it, or by a file of whoever has it.
///
/// A file leads elsewhere from one start of its sandbox to the next, and may by mistake lead to the host. So it is
/// opened first and judged then, and what was judged is what is used. The number of a process may be another's by
/// then, and that of a container's process is told by its cgroup, which its engine made.
public record NetnsRef(SandboxSpec sandbox) {
    private static final Pattern PROCESS_PATTERN = Pattern.compile("(/proc/[1-9][0-9]*)/ns/net");

    /// What it is called after `ip … netns`, and in sentences.
    public String name() {
        return file() instanceof String file ? file : sandbox.netnsName();
    }

    /// How a line begins that runs `ip` in there.
    public String ipCommand() {
        return file() instanceof String file ? "nsenter --net=" + file + " ip" : "ip -n " + sandbox.netnsName();
    }

    /// How a line begins that runs something else in there.
    public String execPrefix() {
        return file() instanceof String file
                ? "nsenter --net=" + file + " "
                : "ip netns exec " + sandbox.netnsName() + " ";
    }

    /// Whether there is such a namespace now.
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

    /// Holds it open.
    ///
    /// @throws EngineException ENOENT when there is none any more; EINVAL when it is none, the host's own, or that
    ///     of a process which is not the sandbox's
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
        return sandbox.workload() instanceof Workload.ExternalNetns(String _, String namespace) ? namespace : null;
    }
}
