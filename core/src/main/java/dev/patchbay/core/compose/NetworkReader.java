package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.PoolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Reads one entry of `networks:`.
final class NetworkReader {
    /// What Compose puts a service on that names no network.
    static final String DEFAULT = "default";

    private NetworkReader() {}

    static ProjectNetwork read(String project, String key, Element element, List<String> notes) throws Mistake {
        Fields fields = fields(element, notes);
        String name = name(project, key, element);
        if (isExternal(element)) {
            return new ProjectNetwork(key, name, true, null);
        }
        Map<String, String> labels = ComposeLabels.network(fields.words("labels"), project, key);
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
                        fields.words("driver_opts")));
    }

    private static Fields fields(Element element, List<String> notes) throws Mistake {
        return element.isAbsent()
                ? new Fields(new Element.Mapping(List.of(), element.place()))
                : Keys.NETWORK.check(element, notes);
    }

    /// What the network is called on the host.
    static String name(String project, String key, Element element) throws Mistake {
        if (element.isAbsent()) {
            return project + "_" + key;
        }
        Fields fields = Fields.of(element);
        if (fields.get("external") instanceof Element.Mapping external) {
            return Objects.requireNonNullElse(new Fields(external).text("name"), key);
        }
        return fields.text("name", isExternal(element) ? key : project + "_" + key);
    }

    private static boolean isExternal(Element element) throws Mistake {
        if (element.isAbsent()) {
            return false;
        }
        Fields fields = Fields.of(element);
        return fields.get("external") instanceof Element.Mapping || fields.flag("external");
    }

    private static Driver driver(Fields fields) throws Mistake {
        Element element = fields.get("driver");
        if (element == null) {
            return Driver.BRIDGE;
        }
        String word = Fields.text(element);
        return Stream.of(Driver.values())
                .filter(driver -> driver.toString().equals(word.equals("none") ? "null" : word))
                .findFirst()
                .orElseThrow(() -> ComposeMistakes.notSupported(element.place(), "The driver of a network is bridge."));
    }

    private static List<PoolRequest> pools(Fields network, List<String> notes) throws Mistake {
        Element ipam = network.get("ipam");
        if (ipam == null) {
            return List.of();
        }
        Fields fields = Keys.IPAM.check(ipam, notes);
        Element driver = fields.get("driver");
        if (driver != null && !Fields.text(driver).equals("default")) {
            throw ComposeMistakes.notSupported(driver.place(), "The driver of address pools is default.");
        }
        List<PoolRequest> pools = new ArrayList<>();
        for (Element item : fields.items("config")) {
            Fields pool = Keys.POOL.check(item, notes);
            pools.add(new PoolRequest(
                    pool.text("subnet"), pool.text("ip_range"), pool.text("gateway"), pool.words("aux_addresses")));
        }
        return pools;
    }
}
