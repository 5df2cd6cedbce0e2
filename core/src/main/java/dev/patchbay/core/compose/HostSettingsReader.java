package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a service's settings on the host beside networks and ports.
final class HostSettingsReader {
    private HostSettingsReader() {}

    static HostSettings read(ComposeFields fields) throws RefusedException {
        try {
            List<InetAddress> servers = new ArrayList<>();
            for (String server : fields.texts("dns")) {
                servers.add(InetAddress.ofLiteral(server));
            }
            return new HostSettings(
                    restart(fields),
                    false,
                    false,
                    servers,
                    fields.texts("dns_search"),
                    fields.texts("dns_opt"),
                    extraHosts(fields));
        } catch (IllegalArgumentException e) {
            throw ComposeRefusals.invalid(fields.mapping().location(), String.valueOf(e.getMessage()));
        }
    }

    private static RestartPolicy restart(ComposeFields fields) throws RefusedException {
        YamlElement element = fields.get("restart");
        if (element == null) {
            return RestartPolicy.NO;
        }
        String word = ComposeFields.text(element);
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        // YAML 1.1 parsers convert an unquoted `no` to false.
        String policy = name.equals("false") ? "no" : name;
        RestartPolicy.Name known = Stream.of(RestartPolicy.Name.values())
                .filter(each -> each.toString().equals(policy))
                .findFirst()
                .orElseThrow(() -> ComposeRefusals.wrongType(
                        element.location(), "no, always, unless-stopped, on-failure or on-failure:TIMES"));
        return new RestartPolicy(known, colon < 0 ? 0 : Integer.parseInt(word.substring(colon + 1)));
    }

    /// `name:address` and `name=address`, also with an IPv6 address in brackets, or a mapping.
    private static List<ExtraHost> extraHosts(ComposeFields fields) throws RefusedException {
        List<ExtraHost> hosts = new ArrayList<>();
        if (fields.get("extra_hosts") instanceof YamlElement.Mapping mapping) {
            for (YamlElement.Field field : mapping.fields()) {
                hosts.add(new ExtraHost(field.key(), address(ComposeFields.text(field.value()))));
            }
            return hosts;
        }
        for (String line : fields.texts("extra_hosts")) {
            int end = line.indexOf('=') < 0 ? line.indexOf(':') : line.indexOf('=');
            if (end < 0) {
                throw new IllegalArgumentException("invalid add-host: " + line);
            }
            hosts.add(new ExtraHost(line.substring(0, end), address(line.substring(end + 1))));
        }
        return hosts;
    }

    private static @Nullable InetAddress address(String text) {
        if (text.equals(ExtraHost.HOST_GATEWAY)) {
            return null;
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        return InetAddress.ofLiteral(bracketed ? text.substring(1, text.length() - 1) : text);
    }
}
