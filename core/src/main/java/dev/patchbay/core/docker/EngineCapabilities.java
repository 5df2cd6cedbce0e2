package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.plan.Capabilities;
import dev.patchbay.core.docker.plan.DockerStep.Action.AttachedNetworkChange;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.port.ExternalPublisher;
import dev.patchbay.core.lab.state.HelperState;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;

/// What an engine is asked or its version tells.
record EngineCapabilities(DockerEngine engine, ExternalPublisher forwards, AttachedNetworkExecutor wires)
        implements Capabilities {
    private static final int MAC_OF_EACH_PLACE = 44;
    private static final int GATEWAY_PRIORITY = 48;

    @Override
    public JsonNode image(String image) throws EngineException, RefusedException {
        try {
            return engine.get("/images/" + ApiRequest.escaped(image).replace("%2F", "/") + "/json");
        } catch (RefusedException refused) {
            if (refused.refusal().code().endsWith("-not-found")) {
                return MissingNode.getInstance();
            }
            throw refused;
        }
    }

    /// Null where nothing has changed.
    @Override
    public JsonNode changes(String container) throws EngineException, RefusedException {
        return engine.get("/containers/" + ApiRequest.escaped(container) + "/changes");
    }

    @Override
    public boolean tellsAllOfContainers() {
        return !engine.isPodman();
    }

    @Override
    public boolean takesMacOfEachPlace() {
        return engine.speaks(MAC_OF_EACH_PLACE);
    }

    @Override
    public boolean takesGatewayPriority() {
        return engine.speaks(GATEWAY_PRIORITY);
    }

    @Override
    public boolean prunesNetworksOfTheStopped() {
        return !engine.isPodman();
    }

    @Override
    public HostPortState portPart() throws EngineException, RefusedException {
        return forwards.portPart();
    }

    @Override
    public List<String> lines(ExternalPublish forward) throws EngineException, RefusedException {
        return forwards.lines(forward);
    }

    @Override
    public List<String> lines(AttachedNetworkChange wire) throws EngineException, RefusedException {
        return wires.lines(wire);
    }

    @Override
    public Optional<HelperState> records() throws EngineException {
        return wires.known();
    }

    @Override
    public HelperState host() throws EngineException, RefusedException {
        return wires.state();
    }
}
