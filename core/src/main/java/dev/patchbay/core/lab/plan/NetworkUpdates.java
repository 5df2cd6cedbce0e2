package dev.patchbay.core.lab.plan;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.naming.Names;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.NetworkMistakes;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.HashMap;
import java.util.Map;

/// Changes a network that is in use: its name, its labels and its MTU. The subnet, the driver and all that rules are
/// made of stay: containers hold addresses of them.
final class NetworkUpdates {
    private NetworkUpdates() {}

    static String update(Change.UpdateNetwork asked, Draft draft) throws Mistake {
        NetworkSpec network = Lookup.network(draft.specs(), asked.network());
        if (network.predefined()) {
            throw NetworkMistakes.updatePredefined(network.name());
        }
        if (asked.isEmpty()) {
            throw NetworkMistakes.nothingToUpdate();
        }
        NetworkSpec updated = withMtu(network, asked).withLabels(labels(network, asked));
        if (asked.name() != null && !asked.name().equals(network.name())) {
            Names.newNetwork(asked.name(), draft.specs());
            updated = updated.withName(asked.name());
            rename(network, asked.name(), draft);
        }
        if (!updated.equals(network)) {
            draft.put(updated);
        }
        return updated.name();
    }

    private static NetworkSpec withMtu(NetworkSpec network, Change.UpdateNetwork asked) throws Mistake {
        if (asked.mtu() == null) {
            return network;
        }
        if (!network.driver().hasEndpoints()) {
            throw NetworkMistakes.mtuOfWhatHasNone(network.name());
        }
        int mtu = NetworkOptions.mtu(asked.mtu());
        Map<String, String> options = new HashMap<>(network.options());
        if (mtu == 0) {
            options.remove(NetworkOptions.MTU);
        } else {
            options.put(NetworkOptions.MTU, Integer.toString(mtu));
        }
        NetworkPlans.checkMtu(network.hasIpv6(), mtu);
        return network.withMtu(mtu, options);
    }

    private static Map<String, String> labels(NetworkSpec network, Change.UpdateNetwork asked) throws Mistake {
        Map<String, String> labels = new HashMap<>(network.labels());
        for (String label : asked.removeLabels()) {
            if (labels.remove(label) == null) {
                throw NetworkMistakes.noSuchLabel(network.name(), label);
            }
        }
        labels.putAll(asked.addLabels());
        return labels;
    }

    /// Records that know the network by its name learn the new one.
    private static void rename(NetworkSpec network, String name, Draft draft) {
        draft.specs().sandboxes().stream()
                .filter(sandbox -> sandbox.networkMode().equals(network.name()))
                .forEach(sandbox -> draft.put(sandbox.withNetworkMode(name)));
        draft.specs().networks().stream()
                .filter(other -> network.configOnly() && other.configFrom().equals(network.name()))
                .forEach(other -> draft.put(other.withConfigFrom(name)));
    }
}
