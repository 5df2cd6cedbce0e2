package dev.patchbay.core.docker.container;

import static dev.patchbay.core.docker.api.ApiRequest.escaped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.Precondition;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests about containers.
public final class ContainerSteps {
    public static final String GONE = "a removed container's files are gone";

    private ContainerSteps() {}

    /// The inverse is refused when somebody has changed the container since.
    ///
    /// @param made stands for the new container
    /// @param networks as the engine has them, by what the request calls them
    /// @param settings adds settings that the change does not have to the body of the request
    public static DockerStep create(
            Change.RunContainer asked,
            EngineObject made,
            Map<EndpointRequest, EngineObject> networks,
            UnaryOperator<ObjectNode> settings) {
        JsonNode body = settings.apply(ContainerBody.of(asked));
        List<Precondition> unchanged = new ArrayList<>();
        networks.forEach((place, network) -> unchanged.add(
                new Precondition.IsConnected(made, network, true, Objects.requireNonNullElse(place.address(), ""))));
        unchanged.add(new Precondition.HasNoOtherNetworks(
                made, networks.values().stream().map(EngineObject::name).toList()));
        unchanged.add(new Precondition.HasRestartPolicy(made, body.at("/HostConfig/RestartPolicy")));
        return create(
                made,
                EquivalentCommand.of(createRequest(asked, made.name())),
                body,
                unchanged.toArray(Precondition[]::new));
    }

    /// The inverse also removes the anonymous volumes that were created with it.
    ///
    /// @param unchanged holds as long as the container may be removed by the inverse
    public static DockerStep create(EngineObject made, String line, JsonNode body, Precondition... unchanged) {
        ApiRequest request = ApiRequest.post("/containers/create?name=" + escaped(made.name()), body);
        return new DockerStep(
                        "create container " + made.name(),
                        List.of(line, request.toString()),
                        new DockerStep.Action.CreateObject(request, made.id()),
                        new DockerStep.Inverse.NotNeeded())
                .requiring(new Precondition.ContainerNameIsFree(made.name()))
                .withInverse(removeOnly(made, "docker rm -f -v " + made.name(), "?force=1&v=1")
                        .requiring(unchanged));
    }

    /// Only the first network is part of the request.
    private static Change.RunContainer createRequest(Change.RunContainer asked, String name) {
        return new Change.RunContainer(
                name,
                asked.image(),
                asked.command(),
                asked.networks().isEmpty() ? List.of() : asked.networks().subList(0, 1),
                asked.ports(),
                asked.exposed(),
                asked.environment(),
                asked.labels(),
                asked.hostname(),
                asked.domainname(),
                asked.tty(),
                asked.openStdin(),
                asked.settings(),
                false);
    }

    public static DockerStep pull(String image) {
        // Without a tag the engine would pull all tags.
        boolean tagged = image.lastIndexOf(':') > image.lastIndexOf('/') || image.contains("@");
        String whole = tagged ? image : image + ":latest";
        ApiRequest request = ApiRequest.post("/images/create?fromImage=" + escaped(whole));
        return new DockerStep(
                "pull image " + whole,
                List.of("docker pull " + whole, request.toString()),
                new DockerStep.Action.Pull(whole),
                new DockerStep.Inverse.NotNeeded());
    }

    public static DockerStep start(EngineObject container) {
        return startOnly(container)
                .requiring(new Precondition.RunningIs(container, false))
                .withInverse(stop(container, StopMode.GRACEFUL).requiring(new Precondition.RunningIs(container, true)));
    }

    /// The start of a container that the inverse of the whole plan removes.
    public static DockerStep startOnly(EngineObject container) {
        return post(
                "start container " + container.name(), "docker start " + container.name(), container, "/start", null);
    }

    public static DockerStep reversibleStop(EngineObject container, StopMode how) {
        return stop(container, how)
                .requiring(new Precondition.RunningIs(container, true))
                .withInverse(startOnly(container).requiring(new Precondition.RunningIs(container, false)));
    }

    private static DockerStep stop(EngineObject container, StopMode how) {
        String name = container.name();
        String line = EquivalentCommand.of(new Change.StopContainer(name, how));
        return how.signal() == StopMode.SIGKILL
                ? post("kill container " + name, line, container, "/kill", null)
                : post("stop container " + name, line, container, "/stop" + graceQuery(how), null);
    }

    public static DockerStep restart(EngineObject container, StopMode how) {
        return post(
                "restart container " + container.name(),
                EquivalentCommand.of(new Change.RestartContainer(container.name(), how)),
                container,
                "/restart" + graceQuery(how),
                null);
    }

    /// Without a timeout of the person the container's own setting applies.
    private static String graceQuery(StopMode how) {
        return how.graceSeconds() == StopMode.GRACEFUL.graceSeconds() ? "" : "?t=" + how.graceSeconds();
    }

    public static DockerStep rename(EngineObject container, String to) {
        return renameOnly(container, to)
                .requiring(new Precondition.ContainerNameIsFree(to))
                .withInverse(renameOnly(new EngineObject(container.id(), to), container.name())
                        .requiring(new Precondition.ContainerNameIsFree(container.name())));
    }

    private static DockerStep renameOnly(EngineObject container, String to) {
        return post(
                "rename container " + container.name() + " to " + to,
                EquivalentCommand.of(new Change.RenameContainer(container.name(), to)),
                container,
                "/rename?name=" + escaped(to),
                null);
    }

    public static DockerStep update(EngineObject container, RestartPolicy policy, RestartPolicy before) {
        return updateOnly(container, policy)
                .requiring(new Precondition.HasRestartPolicy(container, ContainerBody.restart(before)))
                .withInverse(updateOnly(container, before)
                        .requiring(new Precondition.HasRestartPolicy(container, ContainerBody.restart(policy))));
    }

    private static DockerStep updateOnly(EngineObject container, RestartPolicy policy) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("RestartPolicy", ContainerBody.restart(policy));
        return post(
                "update container " + container.name(),
                EquivalentCommand.of(new Change.UpdateContainer(container.name(), policy)),
                container,
                "/update",
                body);
    }

    public static DockerStep remove(EngineObject container, boolean force) {
        String name = container.name();
        return (force
                        ? removeOnly(container, "docker rm -f " + name, "?force=1")
                        : removeOnly(container, "docker rm " + name, ""))
                .withoutInverse(GONE);
    }

    /// The removal of a stopped container that another step has set aside.
    public static DockerStep discard(EngineObject container) {
        return removeOnly(container, "docker rm " + container.name(), "");
    }

    private static DockerStep removeOnly(EngineObject container, String line, String query) {
        return containerStep(
                "remove container " + container.name(), line, container, ApiRequest.Method.DELETE, query, null);
    }

    /// @param going the containers that it will remove, as far as known
    public static DockerStep prune(Change.PruneContainers asked, List<EngineObject> going) {
        return new DockerStep(
                        "remove stopped containers: "
                                + going.stream().map(EngineObject::name).collect(Collectors.joining(", ")),
                        EquivalentCommand.of(asked),
                        ApiRequest.post("/containers/prune?filters=" + escaped(ApiRequest.filters(asked.filters()))))
                .requiring(
                        going.stream().map(Precondition.ContainerIsThere::new).toArray(Precondition[]::new))
                .withoutInverse(GONE);
    }

    private static DockerStep post(
            String name, String line, EngineObject container, String rest, @Nullable JsonNode body) {
        return containerStep(name, line, container, ApiRequest.Method.POST, rest, body);
    }

    private static DockerStep containerStep(
            String name,
            String line,
            EngineObject container,
            ApiRequest.Method method,
            String rest,
            @Nullable JsonNode body) {
        return DockerStep.request(
                        name,
                        line,
                        ApiRequest.forObject(method, "containers", container.name(), rest, body),
                        ApiRequest.forObject(method, "containers", container.id(), rest, body))
                .requiring(new Precondition.ContainerIsThere(container));
    }
}
