package dev.patchbay.core.model;

import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExposedPorts;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The command that equals a change, in the syntax of a shell: Docker's command where Docker has one.
public final class EquivalentCommand {
    private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private EquivalentCommand() {}

    /// Without the values of environment variables, so that it can be shown and stored: `-e NAME` takes the value from
    /// the environment of whoever types it.
    public static String of(Change change) {
        return quoted(arguments(change));
    }

    /// With the values of environment variables.
    public static String withValues(Change.RunContainer run) {
        return quoted(run(run, run.environment()));
    }

    private static String quoted(List<String> words) {
        return words.stream().map(EquivalentCommand::shellQuoted).collect(Collectors.joining(" "));
    }

    private static List<String> arguments(Change change) {
        return switch (change) {
            case Change.CreateNetwork create -> create(create);
            case Change.RemoveNetwork(String network) -> List.of("docker", "network", "rm", network);
            case Change.PruneContainers(Map<String, List<String>> filters) -> prune("container", filters);
            case Change.PruneNetworks(Map<String, List<String>> filters) -> prune("network", filters);
            case Change.UpdateNetwork update -> update(update);
            case Change.Connect connect -> connect(connect);
            case Change.Disconnect(String network, String container) ->
                List.of("docker", "network", "disconnect", network, container);
            case Change.RunContainer run -> run(run, EnvironmentValues.hidden(run.environment()));
            case Change.StartContainer(String container) -> List.of("docker", "start", container);
            case Change.StopContainer(String container, StopMode how) ->
                how.signal() == StopMode.SIGKILL
                        ? List.of("docker", "kill", container)
                        : withGracePeriod("stop", how, container);
            case Change.RestartContainer(String container, StopMode how) -> withGracePeriod("restart", how, container);
            case Change.RenameContainer(String container, String name) -> List.of("docker", "rename", container, name);
            case Change.UpdateContainer(String container, RestartPolicy restart) ->
                List.of("docker", "update", "--restart", restart.toString(), container);
            case Change.UpdateAliases(String network, String container, List<String> aliases) ->
                connect(new Change.Connect(
                        container, EndpointRequest.on(network).withAliases(aliases)));
            case Change.RemoveContainer(String container, boolean force) ->
                force ? List.of("docker", "rm", "-f", container) : List.of("docker", "rm", container);
            case Change.Publish(String container, PortMapping mapping) ->
                List.of("patchbay", "publish", container, mapping.toString());
            case Change.Unpublish unpublish -> unpublish(unpublish);
            case Change.Republish(Change.Unpublish old, PortMapping mapping) -> republish(old, mapping);
            case Change.Recreate(Change.PortChange ports) -> recreate(ports);
            case Change.Batch(List<String> command, List<Change> _) -> command;
        };
    }

    private static List<String> recreate(Change.PortChange ports) {
        List<String> words = new ArrayList<>(arguments(ports));
        words.add(2, "--recreate");
        return words;
    }

    private static List<String> withGracePeriod(String verb, StopMode how, String container) {
        return how.graceSeconds() == StopMode.GRACEFUL.graceSeconds()
                ? List.of("docker", verb, container)
                : List.of("docker", verb, "-t", Integer.toString(how.graceSeconds()), container);
    }

    /// The command for a network that Patchbay manages beside an engine.
    public static String ofAttached(Change change) {
        return of(change).replaceFirst("^docker ", "patchbay ");
    }

    private static List<String> create(Change.CreateNetwork create) {
        List<String> words = new ArrayList<>(
                List.of(create.manager() == Manager.PATCHBAY ? "patchbay" : "docker", "network", "create"));
        if (create.manager() == Manager.PATCHBAY) {
            option(words, "--managed-by", "patchbay");
        }
        if (!create.driver().equals(Driver.BRIDGE.toString())) {
            option(words, "--driver", create.driver());
        }
        Change.EngineSettings engine = create.engineSettings();
        option(words, "--scope", engine.scope().isEmpty() ? null : engine.scope());
        flag(words, "--ingress", engine.ingress());
        if (!engine.hasDefaultIpam()) {
            option(words, "--ipam-driver", engine.ipamDriver());
            pairs(words, "--ipam-opt", engine.ipamOptions());
        }
        for (PoolRequest pool : create.pools()) {
            option(words, "--subnet", pool.subnet());
            option(words, "--ip-range", pool.range());
            option(words, "--gateway", pool.gateway());
            pairs(words, "--aux-address", pool.auxiliary());
        }
        flag(words, "--ipv4=false", !engine.ipv4());
        flag(words, "--ipv6", create.ipv6());
        flag(words, "--internal", create.internal());
        flag(words, "--attachable", create.attachable());
        flag(words, "--config-only", create.configOnly());
        option(words, "--config-from", create.configFrom());
        pairs(words, "--label", create.labels());
        pairs(words, "--opt", create.options());
        words.add(create.name());
        return words;
    }

    private static List<String> prune(String noun, Map<String, List<String>> filters) {
        List<String> words = new ArrayList<>(List.of("docker", noun, "prune", "--force"));
        new TreeMap<>(filters)
                .forEach((key, values) -> values.forEach(value -> option(words, "--filter", key + "=" + value)));
        return words;
    }

    private static List<String> update(Change.UpdateNetwork update) {
        List<String> words = new ArrayList<>(List.of("patchbay", "network", "update"));
        option(words, "--name", update.name());
        pairs(words, "--label-add", update.addLabels());
        update.removeLabels().forEach(label -> option(words, "--label-rm", label));
        option(words, "--mtu", update.mtu());
        words.add(update.network());
        return words;
    }

    private static List<String> connect(Change.Connect connect) {
        List<String> words = new ArrayList<>(List.of("docker", "network", "connect"));
        EndpointRequest endpoint = connect.endpoint();
        option(words, "--ip", endpoint.address());
        option(words, "--ip6", endpoint.address6());
        option(words, "--mac-address", endpoint.mac());
        endpoint.aliases().forEach(alias -> option(words, "--alias", alias));
        if (endpoint.gatewayPriority() != 0) {
            option(words, "--gw-priority", Integer.toString(endpoint.gatewayPriority()));
        }
        words.add(endpoint.network());
        words.add(connect.container());
        return words;
    }

    private static List<String> run(Change.RunContainer run, List<String> environment) {
        List<String> words = new ArrayList<>(List.of("docker", run.start() ? "run" : "create"));
        String letters = (run.start() ? "d" : "") + (run.openStdin() ? "i" : "") + (run.tty() ? "t" : "");
        if (!letters.isEmpty()) {
            words.add("-" + letters);
        }
        option(words, "--name", run.name());
        run.ports().forEach(port -> option(words, "-p", port.toString()));
        ExposedPorts.ranges(run.exposed()).forEach(range -> option(words, "--expose", range));
        run.networks()
                .forEach(place -> networkOptions(words, place, run.networks().size() > 1));
        option(words, "--hostname", run.hostname());
        option(words, "--domainname", run.domainname().isEmpty() ? null : run.domainname());
        settings(words, run.settings());
        environment.forEach(line -> option(words, "-e", line));
        pairs(words, "--label", run.labels());
        words.add(run.image());
        words.addAll(run.command());
        return words;
    }

    /// With several networks each has its own address and aliases, which the client writes into
    /// `--network`.
    private static void networkOptions(List<String> words, EndpointRequest place, boolean several) {
        if (several) {
            List<String> parts = new ArrayList<>(List.of("name=" + place.network()));
            networkPart(parts, "ip", place.address());
            networkPart(parts, "ip6", place.address6());
            networkPart(parts, "mac-address", place.mac());
            place.aliases().forEach(alias -> networkPart(parts, "alias", alias));
            networkPart(parts, "gw-priority", place.gatewayPriority() == 0 ? null : place.gatewayPriority());
            option(words, "--network", parts.size() == 1 ? place.network() : String.join(",", parts));
            return;
        }
        option(words, "--network", place.network());
        option(words, "--ip", place.address());
        option(words, "--ip6", place.address6());
        option(words, "--mac-address", place.mac());
        place.aliases().forEach(alias -> option(words, "--network-alias", alias));
    }

    private static void networkPart(List<String> parts, String key, @Nullable Object value) {
        if (value != null) {
            parts.add(key + "=" + value);
        }
    }

    private static void settings(List<String> words, HostSettings settings) {
        if (!settings.restart().equals(RestartPolicy.NO)) {
            option(words, "--restart", settings.restart().toString());
        }
        if (settings.publishAll()) {
            words.add("-P");
        }
        if (settings.autoRemove()) {
            words.add("--rm");
        }
        settings.dns().forEach(server -> option(words, "--dns", Addresses.format(server)));
        settings.dnsSearch().forEach(domain -> option(words, "--dns-search", domain));
        settings.dnsOptions().forEach(option -> option(words, "--dns-option", option));
        settings.extraHosts().forEach(host -> option(words, "--add-host", host.toString()));
    }

    private static List<String> unpublish(Change.Unpublish unpublish) {
        String host = unpublish.hostPorts() == null ? "" : unpublish.hostPorts() + ":";
        String inside = unpublish.containerPorts() == null
                ? ""
                : unpublish.containerPorts().toString();
        return List.of(
                "patchbay",
                "unpublish",
                unpublish.container(),
                address(unpublish.hostAddress())
                        + (host.isEmpty() && unpublish.hostAddress() != null ? ":" : host)
                        + inside
                        + protocol(unpublish.protocol()));
    }

    private static List<String> republish(Change.Unpublish old, PortMapping mapping) {
        String hostPorts =
                mapping.hostPorts() == null ? "0" : mapping.hostPorts().toString();
        return List.of(
                "patchbay",
                "republish",
                old.container(),
                unpublish(old).getLast(),
                address(mapping.hostAddress()) + hostPorts);
    }

    private static String address(@Nullable InetAddress address) {
        if (address == null) {
            return "";
        }
        String text = Addresses.format(address);
        return (text.contains(":") ? "[" + text + "]" : text) + ":";
    }

    private static String protocol(Protocol protocol) {
        return protocol == Protocol.TCP ? "" : "/" + protocol;
    }

    private static void option(List<String> words, String option, @Nullable String value) {
        if (value != null) {
            words.add(option);
            words.add(value);
        }
    }

    private static void flag(List<String> words, String option, boolean given) {
        if (given) {
            words.add(option);
        }
    }

    private static void pairs(List<String> words, String option, Map<String, String> pairs) {
        new TreeMap<>(pairs).forEach((key, value) -> option(words, option, key + "=" + value));
    }

    private static String shellQuoted(String word) {
        return UNQUOTED.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
