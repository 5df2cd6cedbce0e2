package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Reads one entry of `networks:`.
final class ProjectNetworkReader {
    /// The network of services that name none.
    static final String DEFAULT = "default";

    private ProjectNetworkReader() {}

    static ProjectNetwork read(String project, String key, YamlElement element, List<String> notes)
            throws RefusedException {
        ComposeFields fields = fields(element, notes);
        String name = name(project, key, element);
        if (isExternal(element)) {
            return new ProjectNetwork(key, name, true, null);
        }
        Map<String, String> labels = ComposeLabels.network(fields.textPairs("labels"), project, key);
        return new ProjectNetwork(
                key,
                name,
                fields.text("name") != null,
                new Change.CreateNetwork(
                        name,
                        driver(fields),
                        pools(fields, notes),
                        fields.flag("enable_ipv6"),
                        fields.flag("internal"),
                        fields.flag("attachable"),
                        false,
                        null,
                        labels,
                        fields.textPairs("driver_opts")));
    }

    private static ComposeFields fields(YamlElement element, List<String> notes) throws RefusedException {
        return element.isAbsent()
                ? new ComposeFields(new YamlElement.Mapping(List.of(), element.location()))
                : ComposeKeys.NETWORK.check(element, notes);
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

    private static Driver driver(ComposeFields fields) throws RefusedException {
        YamlElement element = fields.get("driver");
        if (element == null) {
            return Driver.BRIDGE;
        }
        String word = ComposeFields.text(element);
        return Stream.of(Driver.values())
                .filter(driver -> driver.toString().equals(word.equals("none") ? "null" : word))
                .findFirst()
                .orElseThrow(
                        () -> ComposeRefusals.notSupported(element.location(), "The driver of a network is bridge."));
    }

    private static List<PoolRequest> pools(ComposeFields network, List<String> notes) throws RefusedException {
        YamlElement ipam = network.get("ipam");
        if (ipam == null) {
            return List.of();
        }
        ComposeFields fields = ComposeKeys.IPAM.check(ipam, notes);
        YamlElement driver = fields.get("driver");
        if (driver != null && !ComposeFields.text(driver).equals("default")) {
            throw ComposeRefusals.notSupported(driver.location(), "The driver of address pools is default.");
        }
        List<PoolRequest> pools = new ArrayList<>();
        for (YamlElement item : fields.items("config")) {
            ComposeFields pool = ComposeKeys.POOL.check(item, notes);
            pools.add(new PoolRequest(
                    pool.text("subnet"), pool.text("ip_range"), pool.text("gateway"), pool.textPairs("aux_addresses")));
        }
        return pools;
    }
}
