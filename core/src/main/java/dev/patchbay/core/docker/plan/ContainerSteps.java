package dev.patchbay.core.docker.plan;

import static dev.patchbay.core.docker.api.ApiRequest.escaped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.Change;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.plan.Titles;
import dev.patchbay.engine.spec.RestartPolicy;
import dev.patchbay.engine.spec.Stopping;
import java.util.List;

/// Requests about the lives of containers.
final class ContainerSteps {
    private static final String GONE = "a removed container's files are gone";

    private ContainerSteps() {}

    static DockerStep create(Change.RunContainer asked, String name) {
        return new DockerStep(
                        "create container " + name,
                        Titles.of(created(asked, name)),
                        ApiRequest.post("/containers/create?name=" + escaped(name), ContainerBody.of(asked)))
                .takenBackBy(removeByForce(name));
    }

    /// Only the first network is part of the request.
    private static Change.RunContainer created(Change.RunContainer asked, String name) {
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

    static DockerStep pull(String image) {
        // Without a tag the engine would pull every one there is.
        boolean tagged = image.lastIndexOf(':') > image.lastIndexOf('/') || image.contains("@");
        String whole = tagged ? image : image + ":latest";
        return new DockerStep(
                "pull image " + whole,
                "docker pull " + whole,
                ApiRequest.post("/images/create?fromImage=" + escaped(whole)));
    }

    static DockerStep start(String name) {
        return plainStart(name).takenBackBy(stop(name, Stopping.IN_TIME));
    }

    /// The start of a container that is removed when all is taken back.
    static DockerStep plainStart(String name) {
        return post("start container " + name, "docker start " + name, name, "start");
    }

    static DockerStep stopped(String name, Stopping how) {
        return stop(name, how).takenBackBy(plainStart(name));
    }

    private static DockerStep stop(String name, Stopping how) {
        String line = Titles.of(new Change.StopContainer(name, how));
        return how.signal() == Stopping.SIGKILL
                ? post("kill container " + name, line, name, "kill")
                : post("stop container " + name, line, name, "stop" + grace(how));
    }

    static DockerStep restart(String name, Stopping how) {
        return post(
                "restart container " + name,
                Titles.of(new Change.RestartContainer(name, how)),
                name,
                "restart" + grace(how));
    }

    /// Left to the container's own setting where nobody named a time.
    private static String grace(Stopping how) {
        return how.graceSeconds() == Stopping.IN_TIME.graceSeconds() ? "" : "?t=" + how.graceSeconds();
    }

    static DockerStep rename(String name, String to) {
        return plainRename(name, to).takenBackBy(plainRename(to, name));
    }

    private static DockerStep plainRename(String name, String to) {
        return post(
                "rename container " + name + " to " + to,
                Titles.of(new Change.RenameContainer(name, to)),
                name,
                "rename?name=" + escaped(to));
    }

    static DockerStep update(String name, RestartPolicy policy, RestartPolicy before) {
        return plainUpdate(name, policy).takenBackBy(plainUpdate(name, before));
    }

    private static DockerStep plainUpdate(String name, RestartPolicy policy) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("RestartPolicy", ContainerBody.restart(policy));
        return new DockerStep(
                "update container " + name,
                Titles.of(new Change.UpdateContainer(name, policy)),
                ApiRequest.post("/containers/" + escaped(name) + "/update", body));
    }

    static DockerStep remove(String name, boolean force) {
        return (force ? removeByForce(name) : removed(name, "docker rm " + name, "")).neverTakenBack(GONE);
    }

    static DockerStep removeByForce(String name) {
        return removed(name, "docker rm -f " + name, "?force=1");
    }

    private static DockerStep removed(String name, String line, String query) {
        return new DockerStep(
                "remove container " + name, line, ApiRequest.delete("/containers/" + escaped(name) + query));
    }

    /// @param going names of those that it removes, as far as can be said before
    static DockerStep prune(Change.PruneContainers asked, List<String> going) {
        return new DockerStep(
                        "remove stopped containers: " + String.join(", ", going),
                        Titles.of(asked),
                        ApiRequest.post("/containers/prune?filters=" + escaped(Filters.json(asked.filters()))))
                .neverTakenBack(GONE);
    }

    private static DockerStep post(String name, String line, String container, String verb) {
        return new DockerStep(name, line, ApiRequest.post("/containers/" + escaped(container) + "/" + verb));
    }

    /// Whether its processes are there.
    static boolean runs(JsonNode container) {
        return container.at("/State/Running").asBoolean();
    }
}
