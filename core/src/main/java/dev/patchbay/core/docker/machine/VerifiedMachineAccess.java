package dev.patchbay.core.docker.machine;

import dev.patchbay.core.docker.container.EngineTopologyBuilder;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineSession.RunningContainer;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.refusal.RootlessRefusals;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Looks at a host, and changes something there, only if the engine runs on it: one behind a socket of this machine
/// may live in a virtual machine, in a namespace of a user's own, or at the far end of a forwarded socket. The networks
/// of a rootless engine are elsewhere by what it tells.
///
/// Names of bridges tell only what is elsewhere, before anything is started here: every machine may have a docker0.
/// What proves that it is here is a container that runs: its process is in the cgroup that was made for it, and the
/// links of its network namespace, if it has any, lead into the helper's own (docs/decisions/0022). Until one runs,
/// what is recorded is shown and may be taken away, and nothing is made.
public final class VerifiedMachineAccess implements MachineAccess {
    /// For so long an engine that is elsewhere is not looked for again.
    private static final Duration CACHE_TIME = Duration.ofSeconds(15);

    private final MachineAccess access;
    private final EngineSession session;
    private volatile boolean verified;
    private volatile long elsewhereUntil = System.nanoTime();

    private enum EngineLocation {
        HERE,
        /// Only containers without a link say so.
        HERE_ALONE,
        ELSEWHERE,
        UNKNOWN
    }

    public VerifiedMachineAccess(MachineAccess side, EngineSession session) {
        this.access = side;
        this.session = session;
    }

    @Override
    public Optional<HelperState> state() throws EngineException {
        Optional<HelperState> state = access.state();
        return state.isPresent() && engineLocation() == EngineLocation.ELSEWHERE ? Optional.empty() : state;
    }

    @Override
    public Set<String> links() throws EngineException {
        return access.links();
    }

    @Override
    public HelperSession helper() throws EngineException, RefusedException {
        requireNotElsewhere();
        HelperSession helper = access.helper();
        requireNotElsewhere();
        return helper;
    }

    private void requireNotElsewhere() throws EngineException, RefusedException {
        if (engineLocation() != EngineLocation.ELSEWHERE) {
            return;
        }
        if (session.rootless().isEmpty()) {
            throw ExternalPublishRefusals.engineOnOtherMachine();
        }
        throw new RefusedException(RootlessRefusals.kernel(session.engine().isPodman()));
    }

    @Override
    public void requireVerified(boolean linked) throws EngineException, RefusedException {
        helper();
        EngineLocation where = engineLocation();
        if (where != EngineLocation.HERE && (linked || where != EngineLocation.HERE_ALONE)) {
            throw ExternalPublishRefusals.engineNotVerified();
        }
    }

    @Override
    public void startFollower(String address) throws EngineException {
        access.startFollower(address);
    }

    /// Starts no helper, and says more where one runs. What was proved once stays so: an engine that is another one
    /// behind the same socket ends the connection.
    private EngineLocation engineLocation() throws EngineException {
        if (verified) {
            return EngineLocation.HERE;
        }
        if (System.nanoTime() - elsewhereUntil < 0) {
            return EngineLocation.ELSEWHERE;
        }
        EngineLocation found = detect();
        if (found == EngineLocation.ELSEWHERE) {
            elsewhereUntil = System.nanoTime() + CACHE_TIME.toNanos();
        }
        return found;
    }

    private EngineLocation detect() throws EngineException {
        // Its bridges may have the names of those of an engine of root's.
        if (session.rootless().isPresent()) {
            return EngineLocation.ELSEWHERE;
        }
        Set<String> bridges = EngineTopologyBuilder.bridges(session.networks());
        if (!bridges.isEmpty() && access.links().stream().noneMatch(bridges::contains)) {
            return EngineLocation.ELSEWHERE;
        }
        if (access.state().isEmpty()) {
            return EngineLocation.UNKNOWN;
        }
        try {
            return detect(access.helper());
        } catch (RefusedException nobodyToAsk) {
            return EngineLocation.UNKNOWN;
        }
    }

    /// One container with a link is enough; without any, those that have none tell where their processes are.
    private EngineLocation detect(HelperSession helper) throws EngineException {
        EngineLocation found = EngineLocation.UNKNOWN;
        for (RunningContainer container : session.running()) {
            switch (helper.locate(session.engine().address(), container.id(), container.process())) {
                case HERE -> {
                    verified = true;
                    return EngineLocation.HERE;
                }
                case HERE_ALONE -> found = found == EngineLocation.ELSEWHERE ? found : EngineLocation.HERE_ALONE;
                case ELSEWHERE -> {
                    // One that has just ended says nothing.
                    if (session.running(container.id())
                            .filter(container::equals)
                            .isPresent()) {
                        found = EngineLocation.ELSEWHERE;
                    }
                }
            }
        }
        return found;
    }

    @Override
    public Optional<HelperSession> reader() throws EngineException {
        return engineLocation() == EngineLocation.ELSEWHERE ? Optional.empty() : access.reader();
    }

    @Override
    public void close() {
        access.close();
    }
}
