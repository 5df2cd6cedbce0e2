package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What tests of a controller over a [FakeHelper] say in one word.
public abstract class FakeLabTest {
    protected final FakeHelper helper = new FakeHelper();
    protected final LabHost lab = connect(helper);

    protected static LabHost connect(FakeHelper helper) {
        try {
            return helper.controller();
        } catch (EngineException e) {
            throw new AssertionError(e);
        }
    }

    protected Outcome.Done done(Change change) throws EngineException {
        return done(lab.apply(change));
    }

    protected static Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    protected Refusal refused(Change change) throws EngineException {
        return refused(lab.apply(change));
    }

    protected static Refusal refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    protected static Change.RunContainer web(String name, @Nullable String network, PortMapping... ports) {
        return new Change.RunContainer(
                name,
                "httpd:2.4",
                List.of(),
                network == null ? List.of() : List.of(EndpointRequest.on(network)),
                List.of(ports),
                List.of(),
                List.of(),
                Map.of(),
                null,
                "",
                true,
                true,
                HostSettings.DEFAULT,
                true);
    }

    protected static Change.CreateNetwork subnet(String name, @Nullable String subnet) {
        return subnet == null ? Change.CreateNetwork.named(name) : Change.CreateNetwork.on(name, subnet);
    }

    protected static Change.CreateNetwork internal(String name, List<PoolRequest> pools) {
        return new Change.CreateNetwork(
                name, Driver.BRIDGE, pools, false, true, false, false, null, Map.of(), Map.of());
    }

    /// A bridge network with driver options.
    protected static Change.CreateNetwork withOptions(String name, Map<String, String> options) {
        return new Change.CreateNetwork(
                name, Driver.BRIDGE, List.of(), false, false, false, false, null, Map.of(), options);
    }

    protected static Change.CreateNetwork internal(String name) {
        return internal(name, List.of());
    }

    protected static Change.Connect connection(String network, String container) {
        return new Change.Connect(container, EndpointRequest.on(network));
    }

    protected static PortMapping tcp(int host, int container) {
        return PortMapping.of(null, host, container, Protocol.TCP);
    }

    protected Network network(String name) throws EngineException {
        return lab.topology().networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    protected Container container(String name) throws EngineException {
        return lab.topology().containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    protected SandboxSpec sandbox(String name) {
        return helper.specs().sandboxes().stream()
                .filter(sandbox -> sandbox.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    protected List<EndpointSpec> endpoints(String container) {
        return helper.specs().endpointsOf(sandbox(container).id());
    }

    protected List<String> addresses(String container) {
        return endpoints(container).stream()
                .map(endpoint -> String.valueOf(endpoint.ipv4()))
                .toList();
    }

    protected List<PortSpec> ports(String container) {
        return helper.specs().portsOf(sandbox(container).id());
    }
}
