package dev.patchbay.core.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Fills a Lab: for each network one running container with three endpoints, on this network and the next two, and
/// one published port. Copies of what the Lab has already, so that it follows every change of the records by
/// itself.
final class TopologyGenerator {
    private static final int AT_ONCE = 20;
    /// In one message.
    private static final int MOST_SPECS = 500;

    private final HelperClient helper;
    private final NetworkSpec network;
    private final SandboxSpec sandbox;
    private final EndpointSpec endpoint;
    private final PortSpec port;
    private int size;

    /// @param name of a network with one container of the same name, with one port published
    TopologyGenerator(HelperClient helper, String name) throws EngineException {
        this.helper = helper;
        Specs specs = Specs.of(state().specs());
        this.network = specs.networksByName(name).getFirst();
        this.sandbox = specs.sandboxesByName(name).getFirst();
        this.endpoint = specs.endpointsOf(sandbox.id()).getFirst();
        this.port = specs.portsOf(sandbox.id()).getFirst();
    }

    void growTo(int networks) throws EngineException, JsonProcessingException {
        while (size < networks) {
            int first = size;
            int end = Math.min(networks, size + AT_ONCE);
            List<Spec> put = new ArrayList<>();
            for (int i = first; i < end; i++) {
                put.add(network(i));
            }
            for (int i = first; i < end; i++) {
                put.addAll(container(i, first, end));
            }
            apply(new SpecChange(put, List.of()));
            size = end;
        }
    }

    /// Containers that do not run, spread over networks, every fifth with a published port: only their networks are
    /// in the kernel, so thousands are made in seconds.
    void addStopped(int containers, int networks) throws EngineException, JsonProcessingException {
        List<Spec> put = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            put.add(network(i));
        }
        for (int i = 0; i < containers; i++) {
            int on = i % networks;
            SandboxSpec own = Json.MAPPER.treeToValue(
                    ((ObjectNode) Json.MAPPER.valueToTree(sandbox(i))).put("running", false), SandboxSpec.class);
            put.add(own);
            put.add(endpoint(i, 0, subnet(on) + (2 + i / networks), id(on, 1), own.id()));
            if (i % 5 == 0) {
                put.add(port(i, own.id()));
            }
        }
        for (int i = 0; i < put.size(); i += MOST_SPECS) {
            apply(new SpecChange(put.subList(i, Math.min(put.size(), i + MOST_SPECS)), List.of()));
        }
    }

    private List<Spec> container(int i, int first, int end) throws JsonProcessingException {
        SandboxSpec own = sandbox(i);
        List<Spec> specs = new ArrayList<>(List.of(own));
        for (int j = 0; j < 3; j++) {
            int on = first + (i - first + j) % (end - first);
            specs.add(endpoint(i, j, subnet(on) + (10 + j), id(on, 1), own.id()));
        }
        specs.add(port(i, own.id()));
        return specs;
    }

    private PortSpec port(int i, Id owner) throws JsonProcessingException {
        ObjectNode copy = tree(port, id(i, 9));
        copy.put("sandbox", owner.value());
        copy.put("endpoint", id(i, 3).value());
        copy.put("hostPort", 20_000 + i);
        return Json.MAPPER.treeToValue(copy, PortSpec.class);
    }

    private NetworkSpec network(int i) throws JsonProcessingException {
        Id id = id(i, 1);
        ObjectNode copy = tree(network, id);
        copy.put("name", "crowd" + i);
        copy.put("bridge", Ownership.bridgeName(id));
        ObjectNode pool = (ObjectNode) copy.withArray("pools").get(0);
        pool.put("subnet", subnet(i) + "0/24");
        pool.put("gateway", subnet(i) + "1");
        return Json.MAPPER.treeToValue(copy, NetworkSpec.class);
    }

    private SandboxSpec sandbox(int i) throws JsonProcessingException {
        ObjectNode copy = tree(sandbox, id(i, 2));
        copy.put("name", "crowd" + i);
        copy.put("namespaceId", id(i, 6).value());
        return Json.MAPPER.treeToValue(copy, SandboxSpec.class);
    }

    private EndpointSpec endpoint(int i, int j, String address, Id on, Id owner) throws JsonProcessingException {
        ObjectNode copy = tree(endpoint, id(i, 3 + j));
        copy.put("network", on.value());
        copy.put("sandbox", owner.value());
        copy.put("interfaceName", "eth" + j);
        copy.put("mac", MacAddress.fromIpv4(InetAddress.ofLiteral(address)).toString());
        copy.put("defaultRoute", j == 0);
        ArrayNode addresses = JsonNodeFactory.instance.arrayNode().add(address + "/24");
        copy.set("addresses", addresses);
        return Json.MAPPER.treeToValue(copy, EndpointSpec.class);
    }

    /// 10.100.0.0/14 has room for a thousand.
    private static String subnet(int i) {
        return "10.%d.%d.".formatted(100 + i / 256, i % 256);
    }

    private static ObjectNode tree(Spec spec, Id id) {
        ObjectNode copy = Json.MAPPER.valueToTree(spec);
        copy.put("id", id.value());
        return copy;
    }

    private static Id id(int i, int kind) {
        return new Id("%07x%05x".formatted(i * 2654435761L & 0xfffffff, i * 16 + kind) + "0".repeat(52));
    }

    void apply(SpecChange change) throws EngineException {
        Request.Apply request =
                new Request.Apply(change, revision(), "crowd", ActivityKind.ACTION, 0, StopMode.GRACEFUL);
        if (!(helper.call(request) instanceof Answer.Granted<Reply.Applied>)) {
            throw new AssertionError("refused: " + helper.call(request));
        }
    }

    private long revision() throws EngineException {
        if (helper.call(new Request.Hello()) instanceof Answer.Granted<Reply.Welcome>(Reply.Welcome welcome)) {
            return welcome.revision();
        }
        throw new AssertionError("a greeting is never refused");
    }

    Reply.State state() throws EngineException {
        if (helper.call(new Request.Snapshot()) instanceof Answer.Granted<Reply.State>(Reply.State state)) {
            return state;
        }
        throw new AssertionError("a snapshot is never refused");
    }
}
