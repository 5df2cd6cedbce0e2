package dev.patchbay.app.hosts;

import dev.patchbay.core.docker.EngineHost;
import dev.patchbay.core.docker.LocalMachineAccess;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.DockerHosts;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Elevation;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Connects the window and the command line to a host by its name: the Lab, or an engine.
public final class HostConnector {
    /// Makes the access to this machine's kernel.
    @FunctionalInterface
    public interface HostSideFactory {
        /// @param silence how long to wait for an existing helper that does not answer
        MachineAccess create(DockerHost host, Duration silence) throws EngineException;

        /// Asks for root in a dialog of the desktop, so that this machine's helper can start. Blocks.
        ///
        /// @return why root was not given; empty when the helper answers
        default Optional<Refusal> askForRoot() throws EngineException {
            return switch (Machine.here(HelperCommand.ofThisProgram()).up(Elevation.PKEXEC)) {
                case HelperStart.Ready _ -> Optional.empty();
                case HelperStart.Unavailable(Refusal refusal) -> Optional.of(refusal);
            };
        }

        /// Only an engine behind a socket of this machine can run on this machine.
        HostSideFactory LOCAL = (host, silence) -> host.isLocalSocket()
                ? new LocalMachineAccess(Machine.here(HelperCommand.ofThisProgram()), silence)
                : MachineAccess.none();
    }

    private static final String LIST_ADVICE = "`patchbay host ls` lists what there is.";

    private HostConnector() {}

    /// Why there is no host of this name; empty when there is one.
    public static Optional<String> unknownHostMessage(Map<String, String> environment, String name) {
        return name.equals(HostChoice.LAB)
                        || new DockerHosts(environment).named(name).isPresent()
                ? Optional.empty()
                : Optional.of("there is no host `" + name + "`: " + LIST_ADVICE);
    }

    /// Whether the host's kernel is this machine's, so that root would show more.
    public static boolean isHere(Map<String, String> environment, String name) {
        return new DockerHosts(environment)
                .named(name)
                .filter(DockerHost::isLocalSocket)
                .isPresent();
    }

    /// @param progress gets the progress of long steps
    public static ConnectedHost open(Map<String, String> environment, String name, Consumer<String> progress)
            throws EngineException {
        if (name.equals(HostChoice.LAB)) {
            return LabConnector.open(environment);
        }
        return switch (start(environment, name, HostSideFactory.LOCAL, DockerEngine.SILENCE, progress)) {
            case HostOpener.Result.Opened there -> there.connected();
            case HostOpener.Result.Unavailable(Refusal refusal) ->
                throw new EngineException("use the host " + name, refusal.sentence());
        };
    }

    /// Connects to the engine, or returns the reason why there is none.
    ///
    /// @param silence after which an engine that does not answer is given up
    public static HostOpener.Result start(
            Map<String, String> environment,
            String name,
            HostSideFactory sides,
            Duration silence,
            Consumer<String> progress)
            throws EngineException {
        Optional<DockerHost> found = new DockerHosts(environment).named(name);
        if (found.isEmpty()) {
            return new HostOpener.Result.Unavailable(
                    new Refusal("no-host", "there is no host `" + name + "`", LIST_ADVICE));
        }
        DockerHost host = found.get();
        return host.isUsable()
                ? new HostOpener.Result.Opened(
                        EngineHost.connect(host, sides.create(host, silence), silence, environment, progress))
                : new HostOpener.Result.Unavailable(Refusal.of("host-unusable", host.problem()));
    }
}
