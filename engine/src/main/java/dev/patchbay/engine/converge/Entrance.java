package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import org.jspecify.annotations.Nullable;

/// The way into a sandbox's network namespace: by the name that the helper gave it, or by a file of whoever has it.
///
/// A file leads elsewhere from one start of its sandbox to the next, and may by mistake lead to the host. So it is
/// opened first and judged then, and what was judged is what is used.
public record Entrance(SandboxSpec sandbox) {

    /// What it is called after `ip … netns`, and in sentences.
    public String name() {
        return file() instanceof String file ? file : sandbox.namespaceName();
    }

    /// How a line begins that runs `ip` in there.
    String ip() {
        return file() instanceof String file ? "nsenter --net=" + file + " ip" : "ip -n " + sandbox.namespaceName();
    }

    /// How a line begins that runs something else in there.
    String exec() {
        return file() instanceof String file
                ? "nsenter --net=" + file + " "
                : "ip netns exec " + sandbox.namespaceName() + " ";
    }

    /// Whether there is such a namespace now.
    boolean isThere() throws EngineException {
        if (file() == null) {
            return Namespaces.names().contains(sandbox.namespaceName());
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
    /// @throws EngineException ENOENT when there is none any more, EINVAL when it is none or the host's own
    public Namespace open() throws EngineException {
        if (!(file() instanceof String file)) {
            return Namespaces.open(sandbox.namespaceName());
        }
        Namespace held = Namespaces.ofFile(file);
        try (Namespace own = Namespaces.current()) {
            if (held.inode() == own.inode()) {
                throw new EngineException(
                        "open namespace " + file, file + " is the host's own network", Errno.EINVAL, null);
            }
            return held;
        } catch (EngineException e) {
            held.close();
            throw e;
        }
    }

    private @Nullable String file() {
        return sandbox.workload() instanceof Workload.Entered(String _, String namespace) ? namespace : null;
    }
}
