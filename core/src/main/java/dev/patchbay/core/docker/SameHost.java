package dev.patchbay.core.docker;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.picture.DockerPicture;
import dev.patchbay.core.mistake.ForwardMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.protocol.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at a host only if the engine runs on it: one behind a socket of this machine may live in a virtual machine, or
/// in a namespace of a user's own. Its bridges tell, before anything is started here.
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
        return state.isPresent() && isElsewhere() ? Optional.empty() : state;
    }

    @Override
    public Set<String> links() throws EngineException {
        return side.links();
    }

    @Override
    public HelperSide helper() throws EngineException, Mistake {
        if (isElsewhere()) {
            throw ForwardMistakes.elsewhere();
        }
        return side.helper();
    }

    @Override
    public void follow(String address) throws EngineException {
        side.follow(address);
    }

    /// Whether the engine is known not to run where this looks.
    private boolean isElsewhere() throws EngineException {
        if (!known) {
            Set<String> bridges = DockerPicture.bridges(new DockerReader(engine).networks());
            // Until there is a bridge it may be anywhere, and here is what can be shown.
            known = !bridges.isEmpty();
            elsewhere = known && side.links().stream().noneMatch(bridges::contains);
        }
        return elsewhere;
    }

    @Override
    public Reply.CounterSample counters() throws EngineException {
        return isElsewhere() ? HostSide.unseen().counters() : side.counters();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return isElsewhere() ? List.of() : side.listeners();
    }

    @Override
    public AutoCloseable watch(Runnable changed) throws EngineException {
        return isElsewhere() ? () -> {} : side.watch(changed);
    }

    @Override
    public void close() {
        side.close();
    }
}
