package dev.patchbay.core.inspect;

import static dev.patchbay.core.inspect.JsonParts.array;
import static dev.patchbay.core.inspect.JsonParts.object;
import static dev.patchbay.core.inspect.JsonParts.sorted;
import static dev.patchbay.core.inspect.JsonParts.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The document of `docker container inspect` for one container.
///
/// A Lab has no images and no layers, and the paths of the helper's files are internal. So `Image` and
/// the paths are empty, and driver and runtime are Patchbay's.
public final class ContainerDocument {
    static final String RUNTIME = "patchbay";

    private enum Status {
        CREATED,
        RUNNING,
        RESTARTING,
        EXITED
    }

    private ContainerDocument() {}

    public static ObjectNode of(SandboxSpec sandbox, Specs specs, @Nullable SandboxStatus status) {
        List<String> command = sandbox.command();
        ObjectNode document = object();
        document.put("Id", sandbox.id().value());
        document.put("Created", time(sandbox.created()));
        document.put("Path", command.getFirst());
        document.set("Args", array(command.subList(1, command.size())));
        document.set("State", state(sandbox, status));
        document.put("Image", "");
        document.put("ResolvConfPath", "");
        document.put("HostnamePath", "");
        document.put("HostsPath", "");
        document.put("LogPath", "");
        document.put("Name", "/" + sandbox.name());
        document.put("RestartCount", status == null ? 0 : status.restartCount());
        document.put("Driver", RUNTIME);
        document.put("Platform", "linux");
        document.put("MountLabel", "");
        document.put("ProcessLabel", "");
        document.put("AppArmorProfile", "");
        document.putNull("ExecIDs");
        document.set("HostConfig", HostConfigDocument.document(sandbox, specs));
        ObjectNode graphDriver = object();
        graphDriver.putNull("Data");
        graphDriver.put("Name", RUNTIME);
        document.set("GraphDriver", graphDriver);
        document.set("Mounts", array());
        document.set("Config", config(sandbox, specs));
        document.set(
                "NetworkSettings", new NetworkSettingsDocument(sandbox, specs, hasRun(sandbox, status)).document());
        return document;
    }

    private static ObjectNode state(SandboxSpec sandbox, @Nullable SandboxStatus status) {
        boolean running = sandbox.running() && (status == null || status.running());
        boolean restarting = !running && status != null && status.restarting();
        Status word = running
                ? Status.RUNNING
                : restarting
                        ? Status.RESTARTING
                        : status == null || status.startedAt() == null ? Status.CREATED : Status.EXITED;
        ObjectNode state = object();
        state.put("Status", word.name().toLowerCase(Locale.ROOT));
        // As in Docker, a container that waits for its restart counts as running.
        state.put("Running", running || restarting);
        state.put("Paused", false);
        state.put("Restarting", restarting);
        state.put("OOMKilled", false);
        state.put("Dead", false);
        state.put("Pid", running && status != null ? status.pid() : 0);
        state.put("ExitCode", status == null ? 0 : status.exitCode());
        state.put("Error", status == null ? "" : status.error());
        state.put("StartedAt", time(status == null ? null : status.startedAt()));
        state.put("FinishedAt", time(status == null ? null : status.finishedAt()));
        return state;
    }

    private static boolean hasRun(SandboxSpec sandbox, @Nullable SandboxStatus status) {
        return sandbox.running() || (status != null && status.startedAt() != null);
    }

    private static ObjectNode config(SandboxSpec sandbox, Specs specs) {
        ObjectNode config = object();
        config.put("Hostname", sandbox.hostname());
        config.put("Domainname", sandbox.domainname());
        config.put("User", "");
        config.put("AttachStdin", false);
        config.put("AttachStdout", false);
        config.put("AttachStderr", false);
        if (!sandbox.exposed().isEmpty()) {
            ObjectNode exposed = object();
            sandbox.exposed().stream().map(ExposedPort::toString).sorted().forEach(port -> exposed.set(port, object()));
            config.set("ExposedPorts", exposed);
        }
        config.put("Tty", sandbox.tty());
        config.put("OpenStdin", sandbox.openStdin());
        config.put("StdinOnce", false);
        config.set("Env", sandbox.environment().isEmpty() ? null : array(sandbox.environment()));
        config.set("Cmd", array(sandbox.command()));
        config.put("Image", sandbox.image());
        config.putNull("Volumes");
        config.put("WorkingDir", "");
        config.putNull("Entrypoint");
        specs.endpointsOf(sandbox.id()).stream()
                .filter(EndpointSpec::macGiven)
                .findFirst()
                .ifPresent(endpoint -> config.put("MacAddress", endpoint.mac().toString()));
        config.putNull("OnBuild");
        config.set("Labels", sorted(sandbox.labels()));
        return config;
    }
}
