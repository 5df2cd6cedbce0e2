package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ComposeLabels;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectContainer;
import dev.patchbay.core.compose.ProjectNetwork;
import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which networks and containers of a host are the project's.
///
/// Those are the ones with its labels. What has no project at all, and what the file calls by its name on the host,
/// is the project's as well: it was made by hand, and is kept in a file from now on.
record ProjectObjects(Project project, Specs specs) {

    /// The network of today; null when there is none.
    @Nullable
    NetworkSpec network(ProjectNetwork wanted) throws RefusedException {
        for (NetworkSpec network : specs.networksByName(wanted.name())) {
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
    SandboxSpec container(ProjectContainer wanted) {
        return specs.sandboxes().stream()
                .filter(sandbox -> isOfProject(sandbox.labels())
                        && wanted.service().equals(sandbox.labels().get(ComposeLabels.SERVICE))
                        && Integer.toString(wanted.number())
                                .equals(sandbox.labels().get(ComposeLabels.NUMBER)))
                .findFirst()
                .orElseGet(() -> wanted.hasExplicitName()
                        ? specs.sandboxesByName(wanted.name()).stream()
                                .filter(sandbox -> isUnlabelled(sandbox.labels()))
                                .findFirst()
                                .orElse(null)
                        : null);
    }

    boolean isOfProject(Map<String, String> labels) {
        return project.name().equals(labels.get(ComposeLabels.PROJECT));
    }

    private static boolean isUnlabelled(Map<String, String> labels) {
        return !labels.containsKey(ComposeLabels.PROJECT);
    }

    /// The labels that differ, a null for one that is to go. What was made by hand needs none of Compose's.
    static Map<String, @Nullable String> differingLabels(Map<String, String> present, Map<String, String> wanted) {
        Map<String, String> compared = isUnlabelled(present) ? ComposeLabels.withoutComposeLabels(wanted) : wanted;
        Map<String, @Nullable String> differing = new LinkedHashMap<>();
        compared.forEach((label, value) -> {
            if (!value.equals(present.get(label))) {
                differing.put(label, value);
            }
        });
        present.keySet().stream()
                .filter(label -> !compared.containsKey(label))
                .forEach(label -> differing.put(label, null));
        return differing;
    }
}
