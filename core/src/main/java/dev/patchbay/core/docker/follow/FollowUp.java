package dev.patchbay.core.docker.follow;

import com.github.dockerjava.api.model.Event;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.machine.HelperAccess;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.port.ExternalPublishTargets;
import dev.patchbay.core.docker.state.EngineReader;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityKind;
import java.lang.System.Logger.Level;

/// Compares where ports and cables lead to with where their containers are, and sets them right.
final class FollowUp {
    private static final System.Logger LOG = System.getLogger(FollowUp.class.getName());

    private final HelperAccess helper;
    private final EngineReader reader;
    private final String engine;

    FollowUp(HelperAccess helper, DockerEngine engine) {
        this.helper = helper;
        this.reader = new EngineReader(engine);
        this.engine = engine.address();
    }

    void invalidate(Event event) {
        reader.invalidate(event);
    }

    void invalidateAll() {
        reader.invalidateAll();
    }

    /// False when this engine's containers have no such port and no such cable left.
    boolean reconcile() throws EngineException {
        Reply.State state = helper.readState();
        Specs specs = Specs.of(state.specs());
        if (!HelperAccess.hasContainers(specs, engine)) {
            return false;
        }
        EngineState seen = reader.read();
        SpecChange change = AttachedNetworks.reconciled(specs, seen);
        if (!specs.externalPublishes().isEmpty()) {
            HelperState host = HelperState.of(state).with(specs.after(change));
            change = change.plus(
                    ExternalPublishTargets.of(host, seen, helper.localnet()).changes());
        }
        if (!change.isEmpty()) {
            apply(change, state.revision());
        }
        return HelperAccess.hasContainers(specs.after(change), engine);
    }

    /// A change that was made meanwhile is an event of its own, and leads here again.
    private void apply(SpecChange change, long revision) throws EngineException {
        switch (helper.apply(change, revision, "(follow what became of containers)", ActivityKind.OBSERVED)) {
            case Answer.Granted<Reply.Applied> _ -> LOG.log(Level.DEBUG, "followed {0}", change);
            case Answer.Refused<Reply.Applied>(Refusal refusal) ->
                LOG.log(Level.INFO, "not followed: {0}", refusal.sentence());
        }
    }
}
