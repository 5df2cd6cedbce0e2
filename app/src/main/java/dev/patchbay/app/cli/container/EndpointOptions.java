package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.EndpointRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The networks of a container for `run` and `create`, and its settings on each. Options beside
/// `--network` are for the first network; each network may have its own as `--network
/// name=NET,ip=ADDRESS,alias=NAME,gw-priority=N`.
final class EndpointOptions {
    private static final Pattern HARDWARE_ADDRESS = Pattern.compile("\\p{XDigit}{2}([:-]\\p{XDigit}{2}){5}");

    @Option(
            names = {"--network", "--net"},
            paramLabel = "NETWORK",
            description = "Connect a container to a network")
    List<String> networks = new ArrayList<>();

    @Option(
            names = {"--network-alias", "--net-alias"},
            paramLabel = "NAME",
            description = "Add network-scoped alias for the container")
    List<String> aliases = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "IPv4 address (e.g., 172.30.100.104)")
    @Nullable
    String address;

    @Option(names = "--ip6", paramLabel = "ADDRESS", description = "IPv6 address (e.g., 2001:db8::33)")
    @Nullable
    String address6;

    @Option(
            names = "--mac-address",
            paramLabel = "MAC",
            description = "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
    @Nullable
    String mac;

    @Option(names = "--link-local-ip", paramLabel = "ADDRESS", hidden = true)
    List<String> linkLocal = new ArrayList<>();

    List<EndpointRequest> endpoints() throws UsageException {
        if (!linkLocal.isEmpty()) {
            throw new UsageException("patchbay: a container has no link-local IPv4 address: give it one with --ip.");
        }
        if (mac != null && !HARDWARE_ADDRESS.matcher(mac).matches()) {
            throw new UsageException("patchbay: " + mac + " is not a valid mac address.");
        }
        List<EndpointRequest> places = new ArrayList<>();
        for (String network : networks) {
            places.add(parseEndpoint(network));
        }
        if (address == null && address6 == null && mac == null && aliases.isEmpty()) {
            return places;
        }
        EndpointRequest first = places.isEmpty() ? EndpointRequest.on("default") : places.removeFirst();
        List<String> names = new ArrayList<>(first.aliases());
        names.addAll(aliases);
        places.addFirst(new EndpointRequest(
                first.network(),
                exclusive(first.address(), address, "--ip"),
                exclusive(first.address6(), address6, "--ip6"),
                exclusive(first.mac(), mac, "--mac-address"),
                names,
                first.gatewayPriority()));
        return places;
    }

    private static @Nullable String exclusive(@Nullable String own, @Nullable String common, String flag)
            throws UsageException {
        if (own != null && common != null) {
            throw new UsageException("conflicting options: cannot specify both " + flag + " and the network's own");
        }
        return own == null ? common : own;
    }

    private static EndpointRequest parseEndpoint(String text) throws UsageException {
        if (text.indexOf('=') < 0) {
            return EndpointRequest.on(text);
        }
        String name = "";
        String ip = null;
        String ip6 = null;
        String hardware = null;
        List<String> names = new ArrayList<>();
        int priority = 0;
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw invalid(text, "invalid field " + part);
            }
            String value = part.substring(equals + 1);
            switch (part.substring(0, equals).strip()) {
                case "name" -> name = value;
                case "alias" -> names.add(value);
                case "ip" -> ip = value;
                case "ip6" -> ip6 = value;
                case "mac-address" -> hardware = value;
                case "gw-priority" -> priority = parsePriority(text, value);
                default -> throw invalid(text, "invalid field key " + part.substring(0, equals));
            }
        }
        if (name.isEmpty()) {
            throw invalid(text, "network name/id is not specified");
        }
        return new EndpointRequest(name, ip, ip6, hardware, names, priority);
    }

    private static int parsePriority(String text, String value) throws UsageException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw invalid(text, "invalid gw-priority (" + value + "): not a number");
        }
    }

    private static UsageException invalid(String text, String reason) {
        return new UsageException("invalid argument \"" + text + "\" for \"--network\" flag: " + reason);
    }
}
