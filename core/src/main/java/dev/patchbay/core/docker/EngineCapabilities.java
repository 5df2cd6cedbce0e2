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
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.List;
import java.util.Optional;

/// The capabilities of an engine, by its answers and its version.
record EngineCapabilities(
        DockerEngine engine, ExternalPublisher externalPublisher, AttachedNetworkExecutor attachedNetworks)
        implements Capabilities {
    private static final int API_ENDPOINT_MAC = 44;
    private static final int API_GATEWAY_PRIORITY = 48;
    private static final int API_IPV6_ONLY = 48;

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

    /// Null when nothing has changed.
    @Override
    public JsonNode containerDiff(String container) throws EngineException, RefusedException {
        return engine.get("/containers/" + ApiRequest.escaped(container) + "/changes");
    }

    @Override
    public boolean hasCompleteInspect() {
        return !engine.isPodman();
    }

    @Override
    public boolean supportsEndpointMac() {
        return engine.supportsApi(API_ENDPOINT_MAC);
    }

    @Override
    public boolean supportsGatewayPriority() {
        return engine.supportsApi(API_GATEWAY_PRIORITY);
    }

    @Override
    public boolean supportsIpv6Only() {
        return engine.supportsApi(API_IPV6_ONLY);
    }

    @Override
    public boolean prunesNetworksOfStopped() {
        return !engine.isPodman();
    }

    @Override
    public HostPortState hostPortState() throws EngineException, RefusedException {
        return externalPublisher.hostPortState();
    }

    @Override
    public List<String> commandLines(ExternalPublish external) throws EngineException, RefusedException {
        return externalPublisher.commandLines(external);
    }

    @Override
    public List<String> commandLines(AttachedNetworkChange change) throws EngineException, RefusedException {
        return attachedNetworks.commandLines(change);
    }

    @Override
    public Optional<HelperState> recordedState() throws EngineException {
        return attachedNetworks.recordedState();
    }

    @Override
    public HelperState startedState() throws EngineException, RefusedException {
        return attachedNetworks.startedState();
    }
}
