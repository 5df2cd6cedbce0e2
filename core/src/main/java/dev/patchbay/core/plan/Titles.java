package dev.patchbay.core.plan;

import dev.patchbay.core.Change;
import dev.patchbay.core.PortMapping;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The command that a change equals: Docker's where Docker has one, as a person would type it into a shell.
public final class Titles {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Titles() {}

    public static String of(Change change) {
        return words(change).stream().map(Titles::quoted).collect(Collectors.joining(" "));
    }

    private static List<String> words(Change change) {
        return switch (change) {
            case Change.CreateNetwork create -> create(create);
            case Change.RemoveNetwork(String network) -> List.of("docker", "network", "rm", network);
            case Change.Connect connect -> connect(connect);
            case Change.Disconnect(String network, String container) ->
                List.of("docker", "network", "disconnect", network, container);
            case Change.RunContainer run -> run(run);
            case Change.StartContainer(String container) -> List.of("docker", "start", container);
            case Change.StopContainer(String container) -> List.of("docker", "stop", container);
            case Change.RemoveContainer(String container, boolean force) ->
                force ? List.of("docker", "rm", "-f", container) : List.of("docker", "rm", container);
            case Change.Publish(String container, PortMapping mapping) ->
                List.of("patchbay", "publish", container, mapping(mapping));
            case Change.Unpublish unpublish -> unpublish(unpublish);
        };
    }

    private static List<String> create(Change.CreateNetwork create) {
        List<String> words = new ArrayList<>(List.of("docker", "network", "create"));
        if (create.driver() != Driver.BRIDGE) {
            option(words, "--driver", create.driver().toString());
        }
        option(words, "--subnet", create.subnet());
        option(words, "--gateway", create.gateway());
        option(words, "--ip-range", create.ipRange());
        if (create.internal()) {
            words.add("--internal");
        }
        pairs(words, "--label", create.labels());
        pairs(words, "--opt", create.options());
        words.add(create.name());
        return words;
    }

    private static List<String> connect(Change.Connect connect) {
        List<String> words = new ArrayList<>(List.of("docker", "network", "connect"));
        option(words, "--ip", connect.address());
        connect.aliases().forEach(alias -> option(words, "--alias", alias));
        words.add(connect.network());
        words.add(connect.container());
        return words;
    }

    private static List<String> run(Change.RunContainer run) {
        List<String> words = new ArrayList<>(List.of("docker", "run"));
        words.add("-d" + (run.openStdin() ? "i" : "") + (run.tty() ? "t" : ""));
        option(words, "--name", run.name());
        run.ports().forEach(port -> option(words, "-p", mapping(port)));
        option(words, "--network", run.network());
        option(words, "--ip", run.address());
        run.aliases().forEach(alias -> option(words, "--network-alias", alias));
        option(words, "--hostname", run.hostname());
        run.environment().forEach(line -> option(words, "-e", line));
        pairs(words, "--label", run.labels());
        words.add(run.image());
        words.addAll(run.command());
        return words;
    }

    private static List<String> unpublish(Change.Unpublish unpublish) {
        String host = unpublish.hostPort() == null ? "" : unpublish.hostPort() + ":";
        String inside = unpublish.containerPort() == null
                ? ""
                : unpublish.containerPort().toString();
        return List.of(
                "patchbay",
                "unpublish",
                unpublish.container(),
                address(unpublish.hostAddress()) + host + inside + protocol(unpublish.protocol()));
    }

    private static String mapping(PortMapping mapping) {
        String host = mapping.hostPort() == 0 && mapping.hostAddress() == null ? "" : mapping.hostPort() + ":";
        return address(mapping.hostAddress()) + host + mapping.containerPort() + protocol(mapping.protocol());
    }

    private static String address(@Nullable InetAddress address) {
        return address == null ? "" : address.getHostAddress() + ":";
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

    private static void pairs(List<String> words, String option, Map<String, String> pairs) {
        new TreeMap<>(pairs).forEach((key, value) -> option(words, option, key + "=" + value));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
