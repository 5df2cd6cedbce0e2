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

/// Access to the kernel of this machine. Its helper is started when it is first needed, if this user may
/// start one; otherwise the topology lacks what only a helper can read.
public final class LocalMachineAccess implements MachineAccess {
    private static final System.Logger LOG = System.getLogger(LocalMachineAccess.class.getName());

    private final Machine machine;
    private final MachineHelper helper;
    private boolean unavailable;
    private boolean driverResumed;

    public LocalMachineAccess(Machine machine) {
        this(machine, HelperClient.RESPONSE_TIMEOUT);
    }

    /// @param silence how long to wait for an existing helper that does not answer
    public LocalMachineAccess(Machine machine, Duration silence) {
        this.machine = machine;
        this.helper = new MachineHelper(machine, silence);
    }

    /// A list of containers does not start a helper.
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

    /// A network driver that is switched on may have ended with the machine. A failure to start it must
    /// not hide the host.
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
