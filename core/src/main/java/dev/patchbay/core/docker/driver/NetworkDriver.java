package dev.patchbay.core.docker.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.lab.plan.DriverPlans;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.refusal.DriverMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.os.LockFile;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Offers Patchbay to the Docker engine of a machine as the network driver `patchbay`, until it is closed. What it
/// made for the engine stays then, and is known to the next one that is opened.
public final class NetworkDriver implements AutoCloseable {
    /// Where an engine looks for the sockets of its plugins.
    public static final Path PLUGINS = Path.of("/run/docker/plugins");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MachineRecords records;
    /// Two that start at once would both find that nobody listens, and the second take the first one's socket away.
    private final LockFile lock;
    private final PluginServer server;

    private NetworkDriver(MachineRecords records, LockFile lock, PluginServer server) {
        this.records = records;
        this.lock = lock;
        this.server = server;
    }

    /// @param plugins the engine's plugin directory, made where it is not there
    /// @throws Mistake when another driver serves there, or this machine or user cannot have a helper
    public static NetworkDriver open(Path plugins, Machine machine) throws EngineException, Mistake {
        if (machine.needsRoot()) {
            throw DriverMistakes.rootNeeded(plugins);
        }
        MachineRecords records = new MachineRecords(machine);
        try {
            records.present();
            Path socket = socket(plugins);
            LockFile lock = LockFile.tryAcquire(machine.driver().file(".lock"))
                    .orElseThrow(() -> DriverMistakes.served(socket));
            return serve(socket, records, lock);
        } catch (EngineException | Mistake e) {
            records.close();
            throw e;
        }
    }

    private static NetworkDriver serve(Path socket, MachineRecords records, LockFile lock)
            throws EngineException, Mistake {
        try {
            makeRoom(socket);
            if (records.present().carryOut(DriverPlans.forgetLost()) instanceof Outcome.Refused(Refusal refusal)) {
                throw new Mistake(refusal);
            }
            DriverAnswers answers = new DriverAnswers(records);
            return new NetworkDriver(
                    records, lock, PluginServer.open(socket, (path, body) -> answer(answers, path, body)));
        } catch (EngineException | Mistake e) {
            lock.close();
            throw e;
        }
    }

    static Path socket(Path plugins) {
        return plugins.resolve("patchbay.sock");
    }

    /// Whether some process serves there.
    static boolean isServed(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    /// A server that was killed leaves its socket.
    private static void makeRoom(Path socket) throws EngineException, Mistake {
        if (isServed(socket)) {
            throw DriverMistakes.served(socket);
        }
        try {
            Files.createDirectories(socket.getParent());
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new EngineException("listen on " + socket, String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> answer(DriverAnswers answers, String path, String body) {
        try {
            return Message.of(path, body.isBlank() ? null : JSON.readTree(body))
                    .map(answers::to)
                    .map(Object::toString);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.of(DriverAnswers.failed("Patchbay does not understand " + path + ": " + e.getMessage())
                    .toString());
        }
    }

    @Override
    public void close() {
        server.close();
        records.close();
        lock.close();
    }
}
