package dev.patchbay.core.lab;

import dev.patchbay.core.lab.plan.Planning;
import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.protocol.Request;
import java.nio.file.Path;

/// The records of one helper for somebody who brings plans of his own. Unlike [HelperController] it makes no networks
/// that nobody asked for. Any thread may call.
public final class HelperRecords implements AutoCloseable {
    private final HelperLink link;
    private final Mirror mirror;
    private final Attempts attempts;

    private HelperRecords(HelperLink link) {
        this.link = link;
        this.mirror = new Mirror(link, new Mirror.Knowledge());
        this.attempts = new Attempts(link, mirror);
    }

    public static HelperRecords connect(Path socket) throws EngineException {
        return new HelperRecords(HelperLink.over(HelperClient.connect(socket)));
    }

    /// Whether the helper is still there.
    public boolean answers() {
        try {
            Mirror.granted(link.call(new Request.Hello()), "greet the helper");
            return true;
        } catch (EngineException gone) {
            return false;
        }
    }

    /// As it is now.
    public HostState state() throws EngineException {
        return mirror.state();
    }

    public Outcome carryOut(Planning planning) throws EngineException {
        return attempts.carryOut(planning, Id.random(), true);
    }

    @Override
    public void close() {
        link.close();
    }
}
