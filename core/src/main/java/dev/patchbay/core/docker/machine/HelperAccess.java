package dev.patchbay.core.docker.machine;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The kernel's side as the machine's helper reads it.
public final class HelperAccess implements MachineAccess {
    private final Path socket;
    private final HelperClient client;

    private HelperAccess(Path socket, HelperClient client) {
        this.socket = socket;
        this.client = client;
    }

    public static HelperAccess connect(Path socket) throws EngineException {
        return new HelperAccess(socket, HelperClient.connect(socket));
    }

    /// Another connection to the same helper.
    public HelperClient newClient() throws EngineException {
        return HelperClient.connect(socket);
    }

    @Override
    public Optional<Reply.State> state() throws EngineException {
        return Optional.of(readState());
    }

    @Override
    public Set<String> links() throws EngineException {
        return readState().kernel().links().stream().map(KernelState.Link::name).collect(Collectors.toSet());
    }

    @Override
    public HelperAccess helper() {
        return this;
    }

    @Override
    public void requireVerified(boolean linked) {
        // Whoever connects to a helper says that the engine is there.
    }

    /// Whether a container of an engine runs on this helper's machine.
    ///
    /// @param process as the engine tells it
    public Reply.ContainerPresence.NetnsLocation locate(String engine, Id container, long process)
            throws EngineException {
        return requireGranted(
                        client.call(new Request.LocateContainer(engine, container, process)), "look for a container")
                .place();
    }

    @Override
    public void startFollower(String engine) {
        // Whoever holds this connection does.
    }

    public Reply.State readState() throws EngineException {
        return requireGranted(client.call(new Request.Snapshot()), "read the kernel");
    }

    /// Whether anything is recorded of this engine's containers.
    public static boolean hasContainers(Specs specs, String engine) {
        return engines(specs).contains(engine);
    }

    /// Addresses of the engines of whose containers anything is recorded.
    public static Set<String> engines(Specs specs) {
        return Stream.concat(
                        specs.externalPublishes().stream().map(ExternalPublishSpec::engine),
                        specs.sandboxes().stream()
                                .map(SandboxSpec::workload)
                                .filter(Workload.ExternalNetns.class::isInstance)
                                .map(workload -> ((Workload.ExternalNetns) workload).engine()))
                .collect(Collectors.toSet());
    }

    public static List<ExternalPublishSpec> externalPublishes(Reply.State state) {
        return state.specs().stream()
                .filter(ExternalPublishSpec.class::isInstance)
                .map(ExternalPublishSpec.class::cast)
                .toList();
    }

    /// Links over which packets from loopback addresses may leave.
    public List<String> localnet() throws EngineException {
        return requireGranted(
                        client.call(new Request.InspectNetns(new ProbeSource.Host())), "read the settings of links")
                .state()
                .forwarding()
                .localnet();
    }

    public Answer<Reply.Planned> preview(SpecChange change, long baseRevision) throws EngineException {
        return client.call(new Request.Preview(change, baseRevision));
    }

    /// @param title the command that the change equals
    public Answer<Reply.Applied> apply(SpecChange change, long baseRevision, String title, ActivityKind kind)
            throws EngineException {
        return client.call(new Request.Apply(change, baseRevision, title, kind, 0, StopMode.GRACEFUL));
    }

    /// Makes the kernel match what is recorded; with `dryRun` only says how.
    public List<PlannedStep> repair(boolean dryRun) throws EngineException {
        return requireGranted(client.call(new Request.Repair(dryRun)), "repair").steps();
    }

    @Override
    public HostRules counters() throws EngineException {
        return requireGranted(client.call(new Request.Counters()), "read the counters")
                .rules();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return listeners(PortRange.ALL);
    }

    public List<Listener> listeners(PortRange ports) throws EngineException {
        return requireGranted(client.call(new Request.Listeners(ports)), "read the listening sockets")
                .listeners();
    }

    /// On a connection of its own, since events come at any moment.
    @Override
    public AutoCloseable watch(Runnable changed, Consumer<Boolean> answers) throws EngineException {
        HelperClient events = newClient();
        try {
            // The next question misses a helper that goes away: it is asked at once.
            events.subscribe(new HelperClient.Subscriber() {
                @Override
                public void onEvent(Event event) {
                    changed.run();
                }

                @Override
                public void onResponding(boolean again) {
                    answers.accept(again);
                }

                @Override
                public void onDisconnected(EngineException reason) {
                    changed.run();
                }
            });
            return events;
        } catch (EngineException e) {
            events.close();
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static <R extends Reply> R requireGranted(Answer<R> answer, String step) throws EngineException {
        return switch (answer) {
            case Answer.Granted<R>(R reply) -> reply;
            case Answer.Refused<R>(var refusal) -> throw new EngineException(step, refusal.sentence());
        };
    }
}
