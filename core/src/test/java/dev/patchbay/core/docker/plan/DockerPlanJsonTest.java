package dev.patchbay.core.docker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Json;
import dev.patchbay.engine.spec.PortSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A plan with every kind of step comes back from JSON as it was.
class DockerPlanJsonTest {
    private static final EngineObject WEB = new EngineObject("a1".repeat(32), "web");
    private static final EngineObject SHOP = new EngineObject("b2".repeat(32), "shop");
    private static final EndpointSpec ENDPOINT = new EndpointSpec(
            Id.random(),
            Id.random(),
            Id.random(),
            "eth0",
            List.of(Cidr.of("10.77.0.9/24")),
            MacAddress.of(new byte[] {2, 0x42, 10, 77, 0, 9}),
            List.of("www"),
            true,
            0,
            true,
            false,
            false);
    private static final PortSpec PORT =
            PortSpec.published(Id.random(), ENDPOINT, Protocol.TCP, Addresses.parse("0.0.0.0"), 8080, 80);

    private static final List<DockerStep.Action> ACTIONS = List.of(
            new DockerStep.Action.EngineRequest(ApiRequest.delete("/containers/" + WEB.id() + "?force=1&v=1")),
            new DockerStep.Action.Pull("httpd:2.4"),
            new DockerStep.Action.CreateObject(ApiRequest.post("/containers/create?name=web", body()), WEB.id()),
            new DockerStep.Action.ExternalPublish("publish", List.of(PORT), List.of()),
            new DockerStep.Action.TransferOwnership(WEB.id(), "c3".repeat(32)),
            new DockerStep.Action.VerifyRunning(WEB),
            new DockerStep.Action.DiscardContainer(ApiRequest.delete("/containers/old"), "old", WEB.id()),
            new DockerStep.Action.AttachedNetworkChange("connect", List.of(ENDPOINT), List.of()));

    private static final List<Precondition> PRECONDITIONS = List.of(
            new Precondition.ContainerIsThere(WEB),
            new Precondition.NetworkIsThere(SHOP),
            new Precondition.ContainerNameIsFree("web"),
            new Precondition.NetworkNameIsFree("shop"),
            new Precondition.RunningIs(WEB, true),
            new Precondition.HasRestartPolicy(
                    WEB,
                    JsonNodeFactory.instance.objectNode().put("Name", "always").put("MaximumRetryCount", 0)),
            new Precondition.IsConnected(WEB, SHOP, true, "10.77.0.9"),
            new Precondition.IsConnected(WEB, SHOP, true, null),
            new Precondition.HasNoOtherNetworks(WEB, List.of("shop")));

    private static final List<DockerStep.Inverse> INVERSES = List.of(
            new DockerStep.Inverse.NotNeeded(),
            new DockerStep.Inverse.Impossible("a removed container's files are gone"),
            new DockerStep.Inverse.Steps(List.of(step(ACTIONS.getFirst(), new DockerStep.Inverse.NotNeeded()))));

    private static ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("Image", "httpd");
        body.putArray("Env").add("A=\"1\"\n");
        body.putNull("Healthcheck");
        body.putObject("HostConfig")
                .putObject("PortBindings")
                .putArray("80/tcp")
                .addObject()
                .put("HostIp", "")
                .put("HostPort", "8080");
        return body;
    }

    private static DockerStep step(DockerStep.Action action, DockerStep.Inverse inverse) {
        return new DockerStep("a step", List.of("docker …"), action, inverse);
    }

    private static DockerPlan read(DockerPlan plan) throws JsonProcessingException {
        return Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(plan), DockerPlan.class);
    }

    @Test
    void everyKindOfStepComesBack() throws JsonProcessingException {
        DockerPlan plan = new DockerPlan(
                "docker run web",
                Stream.concat(
                                ACTIONS.stream().map(action -> step(action, INVERSES.getFirst())),
                                INVERSES.stream()
                                        .map(inverse -> step(ACTIONS.getFirst(), inverse)
                                                .requiring(PRECONDITIONS.toArray(Precondition[]::new))))
                        .toList(),
                List.of("/Id"));
        assertThat(read(plan)).isEqualTo(plan);
    }

    @Test
    void aRecreationComesBack() throws JsonProcessingException {
        PortBindingRequest binding = new PortBindingRequest(
                true, List.of(JsonNodeFactory.instance.objectNode().put("HostPort", "8080")));
        DockerPlan plan = new DockerPlan(
                "publish",
                List.of(),
                List.of(),
                new Recreation(
                        "publish",
                        WEB,
                        Map.of("80/tcp", binding),
                        Map.of("80/tcp", new PortBindingRequest(false, List.of())),
                        List.of(PORT),
                        List.of(new PortSpec(
                                PORT.id(),
                                PORT.sandbox(),
                                null,
                                Protocol.UDP,
                                null,
                                PORT.hostAddress(),
                                9000,
                                new PortRange(53, 54),
                                List.of(),
                                true,
                                null))));
        assertThat(read(plan)).isEqualTo(plan);
    }

    @Test
    void theStepsOfAnUndoComeBack() throws JsonProcessingException {
        DockerStep step = step(ACTIONS.getFirst(), INVERSES.getFirst());
        DockerPlan plan = new DockerPlan("apply", List.of(), List.of(), null, List.of(step));
        assertThat(read(plan)).isEqualTo(plan);
        assertThat(read(new DockerPlan("old", List.of(step))).undoSteps()).isNull();
    }

    /// A kind that is added has to be added to this test, too.
    @Test
    void everyKindIsTried() {
        assertThat(kinds(ACTIONS))
                .isEqualTo(Set.copyOf(leaves(DockerStep.Action.class).toList()));
        assertThat(kinds(INVERSES))
                .isEqualTo(Set.copyOf(leaves(DockerStep.Inverse.class).toList()));
        assertThat(kinds(PRECONDITIONS))
                .isEqualTo(Set.copyOf(leaves(Precondition.class).toList()));
    }

    private static Set<Class<?>> kinds(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DockerPlanJsonTest::leaves)
                : Stream.of(type);
    }
}
