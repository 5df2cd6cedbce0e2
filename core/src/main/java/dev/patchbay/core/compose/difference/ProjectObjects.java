package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ComposeLabels;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.compose.ProjectNetwork;
import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the networks and containers of a host that belong to the project.
///
/// They are those with its labels, and those without any project that have the name of an object in the
/// file: they were made by hand, and belong to the file from now on.
record ProjectObjects(Project project, Topology topology) {

    /// The present network; null when there is none.
    @Nullable
    Network network(ProjectNetwork wanted) throws RefusedException {
        for (Network network : networksNamed(wanted.name())) {
            boolean ours = isOfProject(network.labels())
                    && wanted.key().equals(network.labels().get(ComposeLabels.NETWORK));
            if (!ours && !(wanted.hasExplicitName() && isUnlabelled(network.labels()) && !network.predefined())) {
                throw ComposeRefusals.foreignNetwork(
                        wanted.name(), wanted.key(), network.labels().getOrDefault(ComposeLabels.NETWORK, ""));
            }
            return network;
        }
        return null;
    }

    @Nullable
    Container container(ProjectContainer wanted) {
        return topology.containers().stream()
                .filter(container -> isOfProject(container.labels())
                        && wanted.service().equals(container.labels().get(ComposeLabels.SERVICE))
                        && Integer.toString(wanted.number())
                                .equals(container.labels().get(ComposeLabels.NUMBER)))
                .findFirst()
                .orElseGet(() -> wanted.hasExplicitName()
                        ? containerNamed(wanted.name())
                                .filter(container -> isUnlabelled(container.labels()))
                                .orElse(null)
                        : null);
    }

    List<Network> networksNamed(String name) {
        return topology.networks().stream()
                .filter(network -> network.name().equals(name))
                .toList();
    }

    Optional<Container> containerNamed(String name) {
        return topology.containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
    }

    boolean isOfProject(Map<String, String> labels) {
        return project.name().equals(labels.get(ComposeLabels.PROJECT));
    }

    private static boolean isUnlabelled(Map<String, String> labels) {
        return !labels.containsKey(ComposeLabels.PROJECT);
    }

    /// The labels that differ, with null for one to remove. An object made by hand needs no labels of
    /// Compose, and Compose itself sets more of them than Patchbay.
    ///
    /// @param inherited labels that the object has by default
    static Map<String, @Nullable String> differingLabels(
            Map<String, String> present, Map<String, String> wanted, Map<String, String> inherited) {
        Map<String, String> compared = isUnlabelled(present) ? ComposeLabels.withoutComposeLabels(wanted) : wanted;
        Map<String, @Nullable String> differing = new LinkedHashMap<>();
        compared.forEach((label, value) -> {
            if (!label.equals(ComposeLabels.CONFIG_HASH) && !value.equals(present.get(label))) {
                differing.put(label, value);
            }
        });
        ComposeLabels.withoutComposeLabels(present).forEach((label, value) -> {
            if (!compared.containsKey(label) && !value.equals(inherited.get(label))) {
                differing.put(label, null);
            }
        });
        return differing;
    }
}
