package dev.patchbay.core.lab;

import dev.patchbay.core.lab.plan.SpecPlanner;
import dev.patchbay.core.lab.state.HelperState;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.Request;
import java.nio.file.Path;

/// The records of one helper for somebody who brings plans of his own. Unlike [LabController] it makes no networks
/// that nobody asked for. Any thread may call.
public final class HelperSession implements AutoCloseable {
    private final HelperConnection link;
    private final StateMirror mirror;
    private final PlanExecutor attempts;

    private HelperSession(HelperConnection link) {
        this.link = link;
        this.mirror = new StateMirror(link, new StateMirror.Cache());
        this.attempts = new PlanExecutor(link, mirror);
    }

    public static HelperSession connect(Path socket) throws EngineException {
        return new HelperSession(HelperConnection.over(HelperClient.connect(socket)));
    }

    /// Whether the helper is still there.
    public boolean answers() {
        try {
            StateMirror.granted(link.call(new Request.Hello()), "greet the helper");
            return true;
        } catch (EngineException gone) {
            return false;
        }
    }

    /// As it is now.
    public HelperState state() throws EngineException {
        return mirror.state();
    }

    public Outcome carryOut(SpecPlanner planning) throws EngineException {
        return attempts.carryOut(planning, Id.random(), true);
    }

    @Override
    public void close() {
        link.close();
    }
}
