package dev.patchbay.core.lab.plan;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.naming.NameRules;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.HashMap;
import java.util.Map;

/// Changes a network in use: its name, its labels and its MTU. The subnet, the driver and the settings
/// that determine rules cannot change, because containers have addresses in the subnet.
final class NetworkUpdatePlans {
    private NetworkUpdatePlans() {}

    static String update(Change.UpdateNetwork asked, SpecChangeBuilder changes) throws RefusedException {
        NetworkSpec network = NameLookup.network(changes.specs(), asked.network());
        if (network.predefined()) {
            throw NetworkRefusals.updatePredefined(network.name());
        }
        if (asked.isEmpty()) {
            throw NetworkRefusals.nothingToUpdate();
        }
        NetworkSpec updated = withMtu(network, asked).withLabels(labels(network, asked));
        if (asked.name() != null && !asked.name().equals(network.name())) {
            NameRules.checkNetworkName(asked.name(), changes.specs());
            updated = updated.withName(asked.name());
            rename(network, asked.name(), changes);
        }
        if (!updated.equals(network)) {
            changes.put(updated);
        }
        return updated.name();
    }

    private static NetworkSpec withMtu(NetworkSpec network, Change.UpdateNetwork asked) throws RefusedException {
        if (asked.mtu() == null) {
            return network;
        }
        if (!network.driver().hasEndpoints()) {
            throw NetworkRefusals.mtuNotSupported(network.name());
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

    private static Map<String, String> labels(NetworkSpec network, Change.UpdateNetwork asked) throws RefusedException {
        Map<String, String> labels = new HashMap<>(network.labels());
        for (String label : asked.removeLabels()) {
            if (labels.remove(label) == null) {
                throw NetworkRefusals.noSuchLabel(network.name(), label);
            }
        }
        labels.putAll(asked.addLabels());
        return labels;
    }

    /// Updates the records that refer to the network by name.
    private static void rename(NetworkSpec network, String name, SpecChangeBuilder changes) {
        changes.specs().sandboxes().stream()
                .filter(sandbox -> sandbox.networkMode().equals(network.name()))
                .forEach(sandbox -> changes.put(sandbox.withNetworkMode(name)));
        changes.specs().networks().stream()
                .filter(other -> network.configOnly() && other.configFrom().equals(network.name()))
                .forEach(other -> changes.put(other.withConfigFrom(name)));
    }
}
