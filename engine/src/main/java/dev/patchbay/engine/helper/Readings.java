package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.netlink.HostSockets;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// What a client can ask without changing a record.
final class Readings {
    private final Shared shared;

    Readings(Shared shared) {
        this.shared = shared;
    }

    Reply.Welcome welcome() {
        synchronized (shared) {
            return new Reply.Welcome(Version.current(), ProcessHandle.current().pid(), shared.revision());
        }
    }

    Reply.State snapshot() throws EngineException {
        synchronized (shared) {
            var stored = shared.journal().stored();
            return new Reply.State(
                    stored.revision(),
                    List.copyOf(stored.specs().all()),
                    stored.statuses(),
                    stored.activity(),
                    shared.problems().all(),
                    stored.autoRepair(),
                    KernelReading.state(shared.kernel().links()));
        }
    }

    Reply.CounterSample counters() throws EngineException {
        synchronized (shared) {
            return KernelReading.counters(shared.kernel());
        }
    }

    Reply signal(Request.Signal request) throws EngineException {
        return shared.specs().find(request.sandbox()) instanceof SandboxSpec sandbox
                        && shared.kernel().runs().signal(sandbox, request.signal())
                ? new Reply.Done()
                : new Reply.Refused(
                        Refusal.of("container-not-running", "Container " + request.sandbox() + " is not running"));
    }

    Reply log(Request.Log request) throws EngineException {
        return shared.specs().find(request.sandbox()) instanceof SandboxSpec sandbox
                ? shared.kernel().runs().log(sandbox, request.from())
                : new Reply.Refused(Refusal.of("container-not-found", "No such container: " + request.sandbox()));
    }

    Reply.ListenerList listeners() throws EngineException {
        return new Reply.ListenerList(HostSockets.listeners());
    }
}
