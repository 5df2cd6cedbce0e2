package dev.patchbay.core.helper;

import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.Request;
import java.nio.file.Path;

/// The records of one helper for somebody who brings plans of his own. Unlike a Lab's host it makes no networks
/// that nobody asked for. Any thread may call.
public final class HelperSession implements AutoCloseable {
    private final HelperConnection connection;
    private final StateMirror mirror;
    private final PlanExecutor executor;

    private HelperSession(HelperConnection link) {
        this.connection = link;
        this.mirror = new StateMirror(link, new StateMirror.Cache());
        this.executor = new PlanExecutor(link, mirror);
    }

    public static HelperSession connect(Path socket) throws EngineException {
        return new HelperSession(HelperConnection.of(HelperClient.connect(socket)));
    }

    /// Whether the helper is still there.
    public boolean isAlive() {
        try {
            StateMirror.requireGranted(connection.call(new Request.Hello()), "greet the helper");
            return true;
        } catch (EngineException gone) {
            return false;
        }
    }

    /// As it is now.
    public HelperState state() throws EngineException {
        return mirror.state();
    }

    public Outcome execute(SpecPlanner planning) throws EngineException {
        return executor.execute(planning, Id.random(), true);
    }

    @Override
    public void close() {
        connection.close();
    }
}
