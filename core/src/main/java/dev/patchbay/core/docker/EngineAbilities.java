package dev.patchbay.core.docker;

import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.plan.DockerPlanning;
import dev.patchbay.core.docker.plan.DockerStep.Act.Forward;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import java.util.List;

/// What an engine is asked or its version tells.
record EngineAbilities(DockerEngine engine, Forwards forwards) implements DockerPlanning.Abilities {
    private static final int MAC_OF_EACH_PLACE = 44;
    private static final int GATEWAY_PRIORITY = 48;

    @Override
    public boolean hasImage(String image) throws EngineException, Mistake {
        try {
            engine.get("/images/" + ApiRequest.escaped(image).replace("%2F", "/") + "/json");
            return true;
        } catch (Mistake refused) {
            if (refused.refusal().code().endsWith("-not-found")) {
                return false;
            }
            throw refused;
        }
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
    public DockerPlanning.HostPart hostPart() throws EngineException, Mistake {
        return forwards.hostPart();
    }

    @Override
    public List<String> lines(Forward forward) throws EngineException, Mistake {
        return forwards.lines(forward);
    }
}
