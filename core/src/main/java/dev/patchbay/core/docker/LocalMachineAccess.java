package dev.patchbay.core.docker;

import dev.patchbay.core.docker.driver.DriverSwitch;
import dev.patchbay.core.docker.follow.FollowMain;
import dev.patchbay.core.docker.machine.HelperAccess;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.protocol.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// This machine's side. Its helper is started when it is first needed, where this user may start one; where not, what
/// needs it is simply not seen.
public final class LocalMachineAccess implements MachineAccess {
    private static final System.Logger LOG = System.getLogger(LocalMachineAccess.class.getName());

    private final Machine machine;
    private final Duration silence;
    private @Nullable HelperAccess access;
    private boolean unavailable;
    private boolean driverResumed;

    public LocalMachineAccess(Machine machine) {
        this(machine, HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long a helper that is there may say nothing before this gives up connecting to it
    public LocalMachineAccess(Machine machine, Duration silence) {
        this.machine = machine;
        this.silence = silence;
    }

    /// A list of containers is no reason to start a helper.
    @Override
    public synchronized Optional<Reply.State> state() throws EngineException {
        resumeDriver();
        if (access == null) {
            Optional<Path> socket = machine.running(silence);
            if (socket.isEmpty()) {
                return Optional.empty();
            }
            access = HelperAccess.connect(socket.get());
        }
        return access.state();
    }

    @Override
    public Set<String> links() throws EngineException {
        return machine.linkNames();
    }

    @Override
    public synchronized HelperAccess helper() throws EngineException, RefusedException {
        resumeDriver();
        if (access == null) {
            access = switch (machine.up(silence)) {
                case HelperStart.Ready ready -> HelperAccess.connect(ready.socket());
                case HelperStart.Unavailable(Refusal refusal) -> throw ExternalPublishRefusals.noHelper(refusal);
            };
        }
        return access;
    }

    @Override
    public void requireVerified(boolean linked) {
        // [VerifiedMachineAccess] does.
    }

    @Override
    public void startFollower(String engine) throws EngineException {
        Optional<Path> socket = machine.running();
        if (socket.isPresent()) {
            BackgroundProcess follower = machine.follower(engine);
            follower.start(
                    FollowMain.class,
                    List.of(
                            engine,
                            socket.get().toString(),
                            follower.directory().toString()));
        }
    }

    @Override
    public HostRules counters() throws EngineException {
        return startHelper().counters();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return startHelper().listeners();
    }

    @Override
    public AutoCloseable watch(Runnable changed, Consumer<Boolean> answers) throws EngineException {
        return startHelper().watch(changed, answers);
    }

    private synchronized MachineAccess startHelper() throws EngineException {
        resumeDriver();
        if (access != null) {
            return access;
        }
        if (unavailable) {
            return MachineAccess.none();
        }
        return switch (machine.up(silence)) {
            case HelperStart.Ready ready -> {
                HelperAccess connected = HelperAccess.connect(ready.socket());
                access = connected;
                yield connected;
            }
            case HelperStart.Unavailable _ -> {
                unavailable = true;
                yield MachineAccess.none();
            }
        };
    }

    /// The driver of the engine's networks, if it is switched on, may have ended with the machine. Without it there
    /// is still all to see.
    private synchronized void resumeDriver() {
        if (!driverResumed) {
            driverResumed = true;
            try {
                DriverSwitch.of(machine).resume();
            } catch (EngineException e) {
                LOG.log(System.Logger.Level.WARNING, "the network driver does not start", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (access != null) {
            access.close();
        }
    }
}
