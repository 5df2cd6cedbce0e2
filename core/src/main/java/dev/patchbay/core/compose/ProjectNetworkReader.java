package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads one entry of `networks:`. The host decides which drivers and options it has.
final class ProjectNetworkReader {
    /// The network of services that name none.
    static final String DEFAULT = "default";

    private ProjectNetworkReader() {}

    static ProjectNetwork read(String project, String key, YamlElement element, List<String> notes)
            throws RefusedException {
        ComposeFields fields = fields(element, ComposeKeys.NETWORK, notes);
        String name = name(project, key, element);
        if (isExternal(element)) {
            return new ProjectNetwork(key, name, true, null);
        }
        ComposeFields ipam = fields(
                Objects.requireNonNullElse(fields.get("ipam"), new YamlElement.Mapping(List.of(), element.location())),
                ComposeKeys.IPAM,
                notes);
        Map<String, String> labels = ComposeLabels.network(fields.textPairs("labels"), project, key);
        return new ProjectNetwork(
                key,
                name,
                fields.text("name") != null,
                new Change.CreateNetwork(
                        name,
                        fields.text("driver", Driver.BRIDGE.toString()),
                        pools(ipam, notes),
                        fields.flag("enable_ipv6"),
                        fields.flag("internal"),
                        fields.flag("attachable"),
                        false,
                        null,
                        labels,
                        fields.textPairs("driver_opts"),
                        new Change.EngineSettings(
                                true,
                                "",
                                false,
                                ipam.text("driver", Change.EngineSettings.DEFAULT_IPAM_DRIVER),
                                ipam.textPairs("options")),
                        Manager.HOST_DEFAULT));
    }

    private static ComposeFields fields(YamlElement element, ComposeKeys keys, List<String> notes)
            throws RefusedException {
        return element.isAbsent()
                ? new ComposeFields(new YamlElement.Mapping(List.of(), element.location()))
                : keys.check(element, notes);
    }

    /// The name of the network on the host.
    static String name(String project, String key, YamlElement element) throws RefusedException {
        if (element.isAbsent()) {
            return project + "_" + key;
        }
        ComposeFields fields = ComposeFields.of(element);
        if (fields.get("external") instanceof YamlElement.Mapping external) {
            return Objects.requireNonNullElse(new ComposeFields(external).text("name"), key);
        }
        return fields.text("name", isExternal(element) ? key : project + "_" + key);
    }

    private static boolean isExternal(YamlElement element) throws RefusedException {
        if (element.isAbsent()) {
            return false;
        }
        ComposeFields fields = ComposeFields.of(element);
        return fields.get("external") instanceof YamlElement.Mapping || fields.flag("external");
    }

    private static List<PoolRequest> pools(ComposeFields ipam, List<String> notes) throws RefusedException {
        List<PoolRequest> pools = new ArrayList<>();
        for (YamlElement item : ipam.items("config")) {
            ComposeFields pool = ComposeKeys.POOL.check(item, notes);
            pools.add(new PoolRequest(
                    pool.text("subnet"), pool.text("ip_range"), pool.text("gateway"), pool.textPairs("aux_addresses")));
        }
        return pools;
    }
}
