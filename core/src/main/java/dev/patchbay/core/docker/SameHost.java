package dev.patchbay.core.docker;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.picture.DockerPicture;
import dev.patchbay.core.mistake.ForwardMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.protocol.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at a host only if the engine runs on it: one behind a socket of this machine may live in a virtual machine, or
/// in a namespace of a user's own. Its bridges tell.
final class SameHost implements HostSide {
    private final HostSide side;
    private final DockerEngine engine;
    private volatile boolean known;
    private volatile boolean elsewhere;

    SameHost(HostSide side, DockerEngine engine) {
        this.side = side;
        this.engine = engine;
    }

    @Override
    public Optional<Reply.State> state() throws EngineException {
        Optional<Reply.State> state = side.state();
        if (!known && state.isPresent()) {
            decide(state.get().kernel());
        }
        return elsewhere ? Optional.empty() : state;
    }

    @Override
    public HelperSide helper() throws EngineException, Mistake {
        HelperSide helper = side.helper();
        if (!isHere()) {
            throw ForwardMistakes.elsewhere();
        }
        return helper;
    }

    @Override
    public void follow(String address) throws EngineException {
        side.follow(address);
    }

    private void decide(KernelState kernel) throws EngineException {
        Set<String> bridges = DockerPicture.bridges(new DockerReader(engine).networks());
        // Until there is a bridge it may be anywhere, and here is what can be shown.
        known = !bridges.isEmpty();
        elsewhere = known && kernel.links().stream().map(KernelState.Link::name).noneMatch(bridges::contains);
    }

    /// Whether the engine is known to run where this looks.
    private boolean isHere() throws EngineException {
        return state().isPresent();
    }

    @Override
    public Reply.CounterSample counters() throws EngineException {
        Reply.CounterSample sample = side.counters();
        return isHere() ? sample : HostSide.unseen().counters();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        List<Listener> listeners = side.listeners();
        return isHere() ? listeners : List.of();
    }

    @Override
    public AutoCloseable watch(Runnable changed) throws EngineException {
        return side.watch(changed);
    }

    @Override
    public void close() {
        side.close();
    }
}
