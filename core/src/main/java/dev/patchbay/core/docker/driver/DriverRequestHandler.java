package dev.patchbay.core.docker.driver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.machine.MachineHelper;
import dev.patchbay.core.helper.SpecPlanner;
import dev.patchbay.core.lab.plan.RemoteDriverPlans;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.DriverRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.Map;
import java.util.regex.Pattern;

/// Handles the engine's requests. Every request that changes something is one change of the helper's
/// records; a refusal of the helper becomes the error that the engine shows to its user. Thread-safe.
final class DriverRequestHandler {
    /// The engine itself adds this prefix, with the container's name.
    private static final Pattern ENGINE_PREFIX =
            Pattern.compile("^driver failed programming external connectivity on endpoint \\S+ \\([0-9a-f]+\\): ");

    private static final System.Logger LOG = System.getLogger(DriverRequestHandler.class.getName());

    private final MachineHelper helper;
    private final HostPortSockets ports;

    DriverRequestHandler(MachineHelper helper, HostPortSockets ports) {
        this.helper = helper;
        this.ports = ports;
    }

    ObjectNode handle(DriverRequest message) {
        try {
            return switch (message) {
                case DriverRequest.Activate _ -> {
                    ObjectNode answer = empty();
                    answer.putArray("Implements").add("NetworkDriver");
                    yield answer;
                }
                case DriverRequest.GetCapabilities _ ->
                    empty().put("Scope", "local").put("ConnectivityScope", "local");
                case DriverRequest.CreateNetwork create ->
                    execute(RemoteDriverPlans.createNetwork(create.network(), change(create)));
                case DriverRequest.DeleteNetwork(Id network) -> execute(RemoteDriverPlans.removeNetwork(network));
                case DriverRequest.CreateEndpoint create -> createEndpoint(create);
                case DriverRequest.DeleteEndpoint(Id endpoint) -> execute(RemoteDriverPlans.deleteEndpoint(endpoint));
                case DriverRequest.Join(Id network, Id endpoint) -> join(network, endpoint);
                case DriverRequest.ProgramExternalConnectivity(Id endpoint, var mappings) ->
                    publish(endpoint, RemoteDriverPlans.publish(endpoint, mappings));
                case DriverRequest.RevokeExternalConnectivity(Id endpoint) ->
                    execute(RemoteDriverPlans.unpublish(endpoint));
                case DriverRequest.EndpointOperInfo _ -> {
                    ObjectNode answer = empty();
                    answer.putObject("Value");
                    yield answer;
                }
                case DriverRequest.Leave _, DriverRequest.Discovery _ -> empty();
                case DriverRequest.SwarmRequest _ ->
                    failed("Patchbay's networks are local to a machine and not for a swarm");
            };
        } catch (RefusedException refused) {
            return refused(refused.refusal());
        } catch (EngineException failure) {
            return failed(String.valueOf(failure.getMessage()));
        }
    }

    static ObjectNode failed(String sentence) {
        return empty().put("Err", sentence);
    }

    /// The engine does not send the network's name; its own lists show these twelve digits.
    private static Change.CreateNetwork change(DriverRequest.CreateNetwork asked) {
        return new Change.CreateNetwork(
                asked.network().shortForm(),
                Driver.BRIDGE,
                asked.pools().stream().map(IpamPool::toRequest).toList(),
                asked.ipv6(),
                asked.internal(),
                true,
                false,
                null,
                Map.of(),
                asked.options());
    }

    /// The answer may have a MAC only when the request had none.
    private ObjectNode createEndpoint(DriverRequest.CreateEndpoint asked) throws EngineException, RefusedException {
        ObjectNode answer = execute(
                RemoteDriverPlans.createEndpoint(asked.endpoint(), asked.network(), asked.addresses(), asked.mac()));
        if (asked.mac() == null && specs().find(asked.endpoint()) instanceof EndpointSpec endpoint) {
            answer.putObject("Interface").put("MacAddress", endpoint.mac().text());
        }
        return answer;
    }

    private ObjectNode join(Id networkId, Id endpointId) throws EngineException, RefusedException {
        Specs specs = specs();
        if (!(specs.find(networkId) instanceof NetworkSpec network)) {
            throw DriverRefusals.unknownNetwork(networkId);
        }
        if (!(specs.find(endpointId) instanceof EndpointSpec endpoint)) {
            throw DriverRefusals.unknownEndpoint(endpointId);
        }
        ObjectNode answer = empty();
        answer.putObject("InterfaceName")
                .put("SrcName", endpoint.interfaceName())
                .put("DstPrefix", network.settings().interfacePrefix());
        if (!network.internal()) {
            for (Pool pool : network.pools()) {
                answer.put(pool.subnet().isIpv4() ? "Gateway" : "GatewayIPv6", Addresses.format(pool.gateway()));
            }
        }
        return answer;
    }

    private Specs specs() throws EngineException, RefusedException {
        return helper.startOrReplace().state().specs();
    }

    /// An engine may ask again for the ports that an endpoint has. The helper would take our own sockets for another
    /// program's, and refuse the port.
    private synchronized ObjectNode publish(Id endpoint, SpecPlanner planning)
            throws EngineException, RefusedException {
        ports.release(endpoint);
        try {
            helper.startOrReplace().execute(planning, Id.random());
        } finally {
            followRecords();
        }
        return empty();
    }

    private ObjectNode execute(SpecPlanner planning) throws EngineException, RefusedException {
        helper.startOrReplace().execute(planning, Id.random());
        followRecords();
        return empty();
    }

    /// One caller after the other, so that the last one has the newest records. The change is done, whatever comes of
    /// this: the next one follows again.
    private synchronized void followRecords() {
        try {
            ports.follow(specs());
        } catch (EngineException | RefusedException e) {
            LOG.log(System.Logger.Level.WARNING, "host ports are not held", e);
        }
    }

    private static ObjectNode refused(Refusal refusal) {
        String sentence = ENGINE_PREFIX.matcher(refusal.sentence()).replaceFirst("");
        return failed(refusal.advice().isEmpty() ? sentence : sentence + ". " + refusal.advice());
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
