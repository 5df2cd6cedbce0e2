package dev.patchbay.core.lab.property;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A port mapping of the model.
///
/// @param host as the person named it, empty for every address
/// @param outside as many as `inside`
/// @param ephemeral nobody named the host port, so it may be another one after the next start
/// @param choice from which it is chosen
/// @param net key of the network it goes through, or null
record ModelPort(
        Protocol protocol,
        String host,
        PortRange outside,
        PortRange inside,
        List<Cidr> allowed,
        boolean ephemeral,
        PortRange choice,
        @Nullable Integer net) {

    boolean collidesWith(ModelPort other) {
        return protocol == other.protocol
                && outside.overlaps(other.outside)
                && (host.isEmpty() || other.host.isEmpty() || host.equals(other.host));
    }

    ModelPort at(int hostPort) {
        PortRange moved = new PortRange(hostPort, hostPort + inside.size() - 1);
        return new ModelPort(protocol, host, moved, inside, allowed, ephemeral, choice, net);
    }

    ModelPort through(@Nullable Integer other) {
        return new ModelPort(protocol, host, outside, inside, allowed, ephemeral, choice, other);
    }

    ModelPort allowing(List<Cidr> sources) {
        return new ModelPort(protocol, host, outside, inside, sources, ephemeral, choice, net);
    }

    /// The part with these container ports.
    ModelPort part(int first, int last) {
        int shift = outside.first() - inside.first();
        return new ModelPort(
                protocol,
                host,
                new PortRange(first + shift, last + shift),
                new PortRange(first, last),
                allowed,
                ephemeral,
                choice,
                net);
    }
}
