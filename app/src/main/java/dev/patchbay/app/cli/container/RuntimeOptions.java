package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `run` and `create` for the host, beside networks and ports.
final class RuntimeOptions {
    private static final Pattern DOMAIN = Pattern.compile("\\.|[A-Za-z0-9_]([A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?\\.?");

    @Option(names = "--restart", paramLabel = "POLICY", description = "Restart policy to apply when a container exits")
    String restart = "no";

    @Option(names = "--rm", description = "Automatically remove the container when it exits")
    boolean remove;

    @Option(
            names = {"-P", "--publish-all"},
            description = "Publish all exposed ports to random ports")
    boolean publishAll;

    @Option(names = "--dns", paramLabel = "ADDRESS", description = "Set custom DNS servers")
    List<String> dns = new ArrayList<>();

    @Option(names = "--dns-search", paramLabel = "DOMAIN", description = "Set custom DNS search domains")
    List<String> search = new ArrayList<>();

    @Option(
            names = {"--dns-option", "--dns-opt"},
            paramLabel = "OPTION",
            description = "Set DNS options")
    List<String> dnsOptions = new ArrayList<>();

    @Option(names = "--add-host", paramLabel = "HOST:IP", description = "Add a custom host-to-IP mapping (host:ip)")
    List<String> hosts = new ArrayList<>();

    HostSettings settings() throws UsageException, CommandRefusedException {
        RestartPolicy policy = restartPolicyOption();
        if (remove && policy.name() != RestartPolicy.Name.NO) {
            throw new UsageException("patchbay: Conflicting options: --restart and --rm.");
        }
        List<InetAddress> servers = new ArrayList<>();
        for (String server : dns) {
            InetAddress address = address(server.strip());
            if (address == null) {
                throw invalid("--dns", server, server + " is not an ip address");
            }
            servers.add(address);
        }
        for (String domain : search) {
            if (!DOMAIN.matcher(domain).matches()) {
                throw invalid("--dns-search", domain, domain + " is not a valid domain");
            }
        }
        List<ExtraHost> extra = new ArrayList<>();
        for (String host : hosts) {
            extra.add(extraHost(host));
        }
        try {
            return new HostSettings(policy, publishAll, remove, servers, search, dnsOptions, extra);
        } catch (IllegalArgumentException e) {
            throw new UsageException("patchbay: " + e.getMessage() + ".");
        }
    }

    private RestartPolicy restartPolicyOption() throws UsageException, CommandRefusedException {
        try {
            return restartPolicy(restart);
        } catch (UsageException e) {
            throw new UsageException("patchbay: " + e.sentence() + ".");
        }
    }

    static RestartPolicy restartPolicy(String text) throws UsageException, CommandRefusedException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        int count = 0;
        if (colon >= 0) {
            try {
                count = Integer.parseInt(text.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw new UsageException("maximum retry count must be an integer");
            }
        }
        for (RestartPolicy.Name known : RestartPolicy.Name.values()) {
            if (known.toString().equals(name.isEmpty() ? "no" : name)) {
                try {
                    return new RestartPolicy(known, count);
                } catch (IllegalArgumentException e) {
                    throw new CommandRefusedException(
                            Refusal.of("invalid-restart-policy", String.valueOf(e.getMessage())));
                }
            }
        }
        throw new CommandRefusedException(
                Refusal.of("invalid-restart-policy", "invalid restart policy '" + name + "'"));
    }

    private static ExtraHost extraHost(String text) throws UsageException {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw invalid("--add-host", text, "bad format for add-host: \"" + text + "\"");
        }
        String target = text.substring(colon + 1);
        InetAddress address = address(target);
        if (address == null && !target.equals(ExtraHost.HOST_GATEWAY)) {
            throw invalid("--add-host", text, "invalid IP address in add-host: \"" + target + "\"");
        }
        try {
            return new ExtraHost(text.substring(0, colon), address);
        } catch (IllegalArgumentException e) {
            throw invalid("--add-host", text, "bad format for add-host: \"" + text + "\"");
        }
    }

    private static UsageException invalid(String flag, String value, String reason) {
        return new UsageException("invalid argument \"" + value + "\" for \"" + flag + "\" flag: " + reason);
    }

    private static @Nullable InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
