package dev.patchbay.core.docker.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.docker.machine.MachineHelper;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.lab.plan.RemoteDriverPlans;
import dev.patchbay.core.refusal.DriverRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.os.LockFile;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Serves the network driver `patchbay` for the Docker engine of a machine, until it is closed. Its
/// networks stay then, and the next driver knows them.
public final class RemoteDriver implements AutoCloseable {
    /// The directory in which an engine looks for sockets of plugins.
    public static final Path PLUGINS = Path.of("/run/docker/plugins");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MachineHelper helper;
    /// Two that start at once would both find that nobody listens, and the second take the first one's socket away.
    private final LockFile lock;
    private final HostPortSockets ports;
    private final PluginServer server;

    private RemoteDriver(MachineHelper helper, LockFile lock, HostPortSockets ports, PluginServer server) {
        this.helper = helper;
        this.lock = lock;
        this.ports = ports;
        this.server = server;
    }

    /// @param plugins the engine's plugin directory, created if necessary
    /// @throws RefusedException when another driver serves there, or this machine or user cannot have a
    ///     helper
    public static RemoteDriver open(Path plugins, Machine machine) throws EngineException, RefusedException {
        if (machine.needsRoot()) {
            throw DriverRefusals.rootNeeded(plugins);
        }
        MachineHelper helper = new MachineHelper(machine);
        try {
            helper.start();
            Path socket = socket(plugins);
            LockFile lock = LockFile.tryAcquire(machine.driver().file(".lock"))
                    .orElseThrow(() -> DriverRefusals.alreadyServed(socket));
            return serve(socket, helper, lock);
        } catch (EngineException | RefusedException e) {
            helper.close();
            throw e;
        }
    }

    private static RemoteDriver serve(Path socket, MachineHelper helper, LockFile lock)
            throws EngineException, RefusedException {
        HostPortSockets ports = new HostPortSockets();
        try {
            removeStaleSocket(socket);
            HelperSession session = helper.start();
            session.execute(RemoteDriverPlans.removeStaleEndpoints(), Id.random());
            ports.follow(session.state().specs());
            DriverRequestHandler answers = new DriverRequestHandler(helper, ports);
            return new RemoteDriver(
                    helper, lock, ports, PluginServer.open(socket, (path, body) -> answer(answers, path, body)));
        } catch (EngineException | RefusedException e) {
            ports.close();
            lock.close();
            throw e;
        }
    }

    static Path socket(Path plugins) {
        return plugins.resolve("patchbay.sock");
    }

    /// Whether a process serves there.
    static boolean isServed(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    /// A server that was killed leaves its socket.
    private static void removeStaleSocket(Path socket) throws EngineException, RefusedException {
        if (isServed(socket)) {
            throw DriverRefusals.alreadyServed(socket);
        }
        try {
            Files.createDirectories(socket.getParent());
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new EngineException("listen on " + socket, String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> answer(DriverRequestHandler answers, String path, String body) {
        try {
            return DriverRequest.of(path, body.isBlank() ? null : JSON.readTree(body))
                    .map(answers::handle)
                    .map(Object::toString);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.of(
                    DriverRequestHandler.failed("Patchbay does not understand " + path + ": " + e.getMessage())
                            .toString());
        }
    }

    @Override
    public void close() {
        server.close();
        ports.close();
        helper.close();
        lock.close();
    }
}
