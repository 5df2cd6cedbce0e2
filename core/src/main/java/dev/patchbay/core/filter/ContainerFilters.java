package dev.patchbay.core.filter;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.FilterRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The filters of `ps`. Values of one key are alternatives, except that all labels must match.
public final class ContainerFilters {
    private static final Set<String> KNOWN = Set.of(
            "ancestor",
            "before",
            "exited",
            "expose",
            "health",
            "id",
            "is-task",
            "isolation",
            "label",
            "name",
            "network",
            "publish",
            "since",
            "status",
            "volume");
    private static final Set<String> HEALTH = Set.of("none", "healthy", "unhealthy", "starting");
    private static final Set<String> STATES =
            Set.of("created", "dead", "exited", "paused", "removing", "restarting", "running");
    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

    private ContainerFilters() {}

    public static Predicate<Container> read(Map<String, List<String>> typed, Topology topology)
            throws RefusedException {
        for (String key : typed.keySet()) {
            if (!KNOWN.contains(key)) {
                throw FilterRefusals.unknown(key);
            }
        }
        for (String state : typed.getOrDefault("status", List.of())) {
            if (!STATES.contains(state)) {
                throw FilterRefusals.badState(state);
            }
        }
        for (String health : typed.getOrDefault("health", List.of())) {
            if (!HEALTH.contains(health)) {
                throw FilterRefusals.badHealth(health);
            }
        }
        for (String code : typed.getOrDefault("exited", List.of())) {
            if (!code.matches("-?\\d{1,9}")) {
                throw FilterRefusals.notANumber(code);
            }
        }
        for (String key : List.of("publish", "expose")) {
            for (String ports : typed.getOrDefault(key, List.of())) {
                if (!PORTS.matcher(ports).matches()) {
                    throw FilterRefusals.notAPort(key, ports);
                }
            }
        }
        Map<String, Container> references = new HashMap<>();
        for (String key : List.of("before", "since")) {
            for (String name : typed.getOrDefault(key, List.of())) {
                references.put(name, findContainer(topology, name));
            }
        }
        return container -> anyMatches(typed, "ancestor", value -> isImage(container, value))
                && anyMatches(typed, "before", value -> older(container, references.get(value)))
                && anyMatches(typed, "since", value -> older(references.get(value), container))
                && anyMatches(typed, "exited", value -> hasExited(container) && value.equals("" + container.exitCode()))
                && anyMatches(typed, "expose", value -> exposes(container, value))
                && anyMatches(typed, "health", value -> value.equals(lowercaseName(container.health())))
                // No container here is a task of a swarm.
                && anyMatches(typed, "is-task", value -> !value.equals("true") && !value.equals("1"))
                && anyMatches(
                        typed,
                        "volume",
                        value -> container.mounts().stream().anyMatch(mount -> mount.matchesFilter(value)))
                && anyMatches(
                        typed,
                        "id",
                        value -> NamePattern.matches(value, container.id().value()))
                && anyMatches(
                        typed, "name", value -> NamePattern.matches(value.replaceFirst("^/", ""), container.name()))
                && anyMatches(typed, "network", value -> isOn(container, value, topology))
                && anyMatches(typed, "publish", value -> publishes(container, value))
                && anyMatches(typed, "status", value -> value.equals(lowercaseName(container.state())))
                && LabelFilter.hasAll(container.labels(), typed.getOrDefault("label", List.of()));
    }

    private static boolean anyMatches(Map<String, List<String>> typed, String key, Predicate<String> matches) {
        List<String> values = typed.get(key);
        return values == null || values.stream().anyMatch(matches);
    }

    private static String lowercaseName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static boolean hasExited(Container container) {
        return container.state() == Container.State.EXITED || container.state() == Container.State.RESTARTING;
    }

    private static boolean isImage(Container container, String value) {
        return value.equals(container.image()) || value.equals(container.image().replaceFirst(":[^/:]*$", ""));
    }

    private static Container findContainer(Topology topology, String typed) throws RefusedException {
        List<Container> found = NameLookup.matching(
                topology.containers(),
                typed,
                container -> List.of(container.id().value()),
                Container::name);
        if (found.isEmpty()) {
            throw FilterRefusals.noSuchContainer(typed);
        }
        return NameLookup.container(topology, typed);
    }

    private static boolean older(@Nullable Container one, @Nullable Container other) {
        return one != null && other != null && one.created().isBefore(other.created());
    }

    private static boolean isOn(Container container, String typed, Topology topology) {
        return container.networkMode().equals(typed)
                || container.endpoints().stream()
                        .map(endpoint -> topology.network(endpoint.network()))
                        .anyMatch(network -> network instanceof Network known
                                && (known.name().equals(typed)
                                        || known.id().value().equals(typed)));
    }

    private static boolean publishes(Container container, String ports) {
        return container.ports().stream()
                .anyMatch(port -> port.inForce() && covers(ports, port.protocol(), port.hostPorts()));
    }

    private static boolean exposes(Container container, String ports) {
        return container.exposed().stream()
                .anyMatch(port -> covers(ports, port.protocol(), new PortRange(port.port(), port.port())));
    }

    private static boolean covers(String typed, Protocol protocol, PortRange range) {
        Matcher ports = PORTS.matcher(typed);
        if (!ports.matches()) {
            return false;
        }
        int first = Integer.parseInt(ports.group(1));
        int last = ports.group(2) == null ? first : Integer.parseInt(ports.group(2));
        String wanted = ports.group(3) == null ? "tcp" : ports.group(3);
        return wanted.equals(protocol.toString()) && first <= range.last() && range.first() <= last;
    }
}
