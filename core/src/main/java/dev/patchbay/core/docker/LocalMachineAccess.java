package dev.patchbay.core.docker;

import dev.patchbay.core.docker.driver.DriverSwitch;
import dev.patchbay.core.docker.follow.FollowMain;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.machine.MachineHelper;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// This machine's side. Its helper is started when it is first needed, where this user may start one; where not, what
/// needs it is simply not seen.
public final class LocalMachineAccess implements MachineAccess {
    private static final System.Logger LOG = System.getLogger(LocalMachineAccess.class.getName());

    private final Machine machine;
    private final MachineHelper helper;
    private boolean unavailable;
    private boolean driverResumed;

    public LocalMachineAccess(Machine machine) {
        this(machine, HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long a helper that is there may say nothing before this gives up connecting to it
    public LocalMachineAccess(Machine machine, Duration silence) {
        this.machine = machine;
        this.helper = new MachineHelper(machine, silence);
    }

    /// A list of containers is no reason to start a helper.
    @Override
    public Optional<HelperState> state() throws EngineException {
        resumeDriver();
        Optional<HelperSession> session = helper.find();
        return session.isPresent() ? Optional.of(session.get().state()) : Optional.empty();
    }

    @Override
    public Set<String> links() throws EngineException {
        return machine.linkNames();
    }

    @Override
    public HelperSession helper() throws EngineException, RefusedException {
        resumeDriver();
        try {
            return helper.start();
        } catch (RefusedException refused) {
            throw ExternalPublishRefusals.noHelper(refused.refusal());
        }
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
    public synchronized Optional<HelperSession> reader() throws EngineException {
        resumeDriver();
        if (unavailable) {
            return helper.find();
        }
        try {
            return Optional.of(helper.start());
        } catch (RefusedException refused) {
            unavailable = true;
            return Optional.empty();
        }
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
    public void close() {
        helper.close();
    }
}
