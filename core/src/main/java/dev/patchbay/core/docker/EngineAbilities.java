package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.plan.Abilities;
import dev.patchbay.core.docker.plan.DockerStep.Act.Forward;
import dev.patchbay.core.docker.plan.DockerStep.Act.Wire;
import dev.patchbay.core.docker.plan.PortPart;
import dev.patchbay.core.docker.port.Forwards;
import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;

/// What an engine is asked or its version tells.
record EngineAbilities(DockerEngine engine, Forwards forwards, Wires wires) implements Abilities {
    private static final int MAC_OF_EACH_PLACE = 44;
    private static final int GATEWAY_PRIORITY = 48;

    @Override
    public JsonNode image(String image) throws EngineException, Mistake {
        try {
            return engine.get("/images/" + ApiRequest.escaped(image).replace("%2F", "/") + "/json");
        } catch (Mistake refused) {
            if (refused.refusal().code().endsWith("-not-found")) {
                return MissingNode.getInstance();
            }
            throw refused;
        }
    }

    /// Null where nothing has changed.
    @Override
    public JsonNode changes(String container) throws EngineException, Mistake {
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
    public PortPart portPart() throws EngineException, Mistake {
        return forwards.portPart();
    }

    @Override
    public List<String> lines(Forward forward) throws EngineException, Mistake {
        return forwards.lines(forward);
    }

    @Override
    public List<String> lines(Wire wire) throws EngineException, Mistake {
        return wires.lines(wire);
    }

    @Override
    public Optional<HostState> records() throws EngineException {
        return wires.known();
    }

    @Override
    public HostState host() throws EngineException, Mistake {
        return wires.state();
    }
}
