package dev.patchbay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.SandboxStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Lab as other tools than ours tell it: links, addresses, routes, rules, namespaces, processes and files, and
/// beside them the records; one fact a line.
///
/// Ids that the records know are put as the names of what they belong to, so that two pictures are equal when they
/// differ in nothing but ids. What no record knows keeps its id, and shows.
public record KernelSnapshot(String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "== ";
    private static final Pattern NAMESPACE = Pattern.compile("/proc/(\\d+)/ns/net -> net:\\[(\\d+)]");
    private static final String SCRIPT = """
            echo '== links'; ip -j -d addr
            echo '== routes'; ip -j route
            for bridge in /sys/class/net/*/bridge; do
              name=${bridge%/bridge}; name=${name##*/}
              echo "== sysctls $name"
              cat /proc/sys/net/ipv4/conf/$name/route_localnet /proc/sys/net/ipv6/conf/$name/accept_ra
            done
            stat -Lc '== inode %n %i' /run/netns/* 2>/dev/null
            for path in /run/netns/*; do
              name=${path##*/}
              [ -e "$path" ] && [ "$name" != outside ] || continue
              echo "== links of $name"; ip -n $name -j -d addr
              echo "== routes of $name"; ip -n $name -j route
            done
            echo '== rules'; iptables-save
            # Few programs, whatever the number of processes: tests look hundreds of times.
            echo '== namespaces'; ls -l /proc/[0-9]*/ns/net 2>/dev/null
            echo '== processes'; grep -aHs '' /proc/[0-9]*/cmdline | tr '\\0' ' '
            """;

    public static KernelSnapshot of(RealLab lab) throws EngineException, IOException {
        Reply.State state = lab.state();
        List<String> lines = new ArrayList<>();
        String output = lab.onHost(SCRIPT);
        Map<String, String> namespaces = new HashMap<>();
        Map<String, String> namespaceOf = new HashMap<>();
        for (String section : output.split("(?m)^" + MARK)) {
            String title = section.lines().findFirst().orElse("");
            String body = section.substring(Math.min(section.length(), title.length() + 1));
            if (title.startsWith("inode ")) {
                String name = Path.of(title.split(" ")[1]).getFileName().toString();
                namespaces.put(title.split(" ")[2], name);
                lines.add("namespace " + name);
            } else if (title.startsWith("links")) {
                JSON.readTree(body).forEach(link -> lines.add(title + ": " + link(link)));
            } else if (title.startsWith("routes")) {
                JSON.readTree(body).forEach(route -> lines.add(title + ": " + route(route)));
            } else if (title.startsWith("sysctls")) {
                lines.add(title + ": " + body.replace('\n', ' '));
            } else if (title.equals("rules")) {
                rules(body, lines);
            } else if (title.equals("namespaces")) {
                NAMESPACE
                        .matcher(body)
                        .results()
                        .forEach(
                                link -> namespaceOf.put(link.group(1), namespaces.getOrDefault(link.group(2), "host")));
            } else if (title.equals("processes")) {
                processes(body, namespaceOf, lines);
            }
        }
        files(lab.directory().sandboxes(), lines);
        records(state, lines);
        return new KernelSnapshot(named(String.join("\n", lines), Specs.of(state.specs())));
    }

    /// Without what the kernel chooses by itself: indexes, MACs of host ends, timers, link-local addresses.
    private static String link(JsonNode link) {
        StringBuilder text = new StringBuilder(link.path("ifname").asText());
        String name = text.toString();
        if (name.matches("eth\\d+")) {
            text.append(' ').append(link.path("address").asText());
        }
        for (String key : List.of("mtu", "master", "group", "ifalias")) {
            text.append(' ').append(key).append('=').append(link.path(key).asText());
        }
        JsonNode kind = link.path("linkinfo");
        text.append(' ').append(kind.path("info_kind").asText());
        text.append(" hairpin=")
                .append(kind.path("info_slave_data").path("hairpin").asText());
        link.path("flags").forEach(flag -> text.append(flag.asText().equals("UP") ? " UP" : ""));
        for (JsonNode address : link.path("addr_info")) {
            if (address.path("family").asText().equals("inet")) {
                text.append(' ')
                        .append(address.path("local").asText())
                        .append('/')
                        .append(address.path("prefixlen").asText())
                        .append(" brd ")
                        .append(address.path("broadcast").asText());
            }
        }
        return text.toString();
    }

    private static String route(JsonNode route) {
        StringBuilder text = new StringBuilder();
        for (String key : List.of("dst", "gateway", "dev", "protocol", "scope", "prefsrc", "metric")) {
            text.append(key).append('=').append(route.path(key).asText()).append(' ');
        }
        return text.toString();
    }

    private static void rules(String saved, List<String> lines) {
        String table = "";
        for (String line : saved.lines().toList()) {
            if (line.startsWith("*")) {
                table = line;
            } else if (line.startsWith("-A") || line.startsWith(":")) {
                // All that rules there do is masquerade, in whatever order; one that is put back comes last.
                String order = line.startsWith("-A POSTROUTING") ? "masquerade" : table;
                lines.add(order + " " + line.replaceFirst(" \\[\\d+:\\d+]$", ""));
            }
        }
    }

    /// @param namespaceOf of each process id; those that came meanwhile are readers
    private static void processes(String body, Map<String, String> namespaceOf, List<String> lines) {
        Map<String, String> commands = new HashMap<>();
        for (String line : body.lines().toList()) {
            String process = line.split("/")[2];
            commands.merge(process, line.substring(line.indexOf(':') + 1).strip(), (one, next) -> one + " " + next);
        }
        List<String> found = new ArrayList<>();
        commands.forEach((process, words) -> {
            boolean reader = words.contains("/proc/[0-9]*") || words.startsWith("ls -l /proc/") || words.isEmpty();
            if (!reader && !words.contains("helper.jar") && namespaceOf.containsKey(process)) {
                found.add("process of " + namespaceOf.get(process) + ": " + words);
            }
        });
        found.sort(null);
        lines.addAll(found);
    }

    private static void files(Path sandboxes, List<String> lines) throws IOException {
        try (Stream<Path> files = Files.walk(sandboxes)) {
            files.filter(file -> !file.equals(sandboxes)).sorted().forEach(file -> {
                String name = sandboxes.relativize(file).toString();
                String last = file.getFileName().toString();
                if (name.endsWith(".sh")
                        || List.of("init", "supervisor", "exit").contains(last)) {
                    return;
                }
                lines.add("file " + name + content(file));
            });
        }
    }

    private static String content(Path file) {
        try {
            return switch (file.getFileName().toString()) {
                case "hosts" ->
                    ": " + Files.readAllLines(file).stream().sorted().toList();
                case "hostname", "resolv.conf" -> ": " + Files.readAllLines(file);
                default -> "";
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void records(Reply.State state, List<String> lines) {
        List<String> records = new ArrayList<>();
        state.specs().forEach(spec -> records.add("record " + spec));
        for (SandboxStatus status : state.statuses()) {
            records.add("status " + status.sandbox() + " running=" + status.running() + " exit=" + status.exitCode());
        }
        records.sort(null);
        lines.addAll(records);
    }

    private static String named(String text, Specs specs) {
        String all = text.replaceAll("created=[0-9T:.Z-]+", "created=<time>");
        for (Spec spec : specs.all()) {
            switch (spec) {
                case NetworkSpec network -> all = named(all, network.id(), "<network " + network.name() + ">");
                case SandboxSpec sandbox -> {
                    all = named(all, sandbox.id(), "<" + sandbox.name() + ">");
                    all = named(all, sandbox.namespaceId(), "<namespace of " + sandbox.name() + ">");
                    all = named(all, sandbox.run(), "<run of " + sandbox.name() + ">");
                }
                case EndpointSpec endpoint -> all = named(all, endpoint.id(), name(endpoint, specs));
                case PortSpec port -> all = named(all, port.id(), "<port " + port.hostPort() + ">");
                case ExternalPublishSpec forward ->
                    all = named(all, forward.id(), "<forward " + forward.port().hostPort() + ">");
            }
        }
        return all.lines()
                .sorted(KernelSnapshot::rulesKeepTheirOrder)
                .reduce("", (before, line) -> before + line + "\n");
    }

    private static String name(EndpointSpec endpoint, Specs specs) {
        return "<" + specs.sandbox(endpoint.sandbox()).name() + " on "
                + specs.network(endpoint.network()).name() + ">";
    }

    private static String named(String text, Id id, String name) {
        return text.replace(id.toString(), name).replace(id.shortForm(), name);
    }

    private static int rulesKeepTheirOrder(String one, String other) {
        boolean rules = one.startsWith("*") && other.startsWith("*");
        return rules ? 0 : one.compareTo(other);
    }

    /// Links, addresses, routes, settings and rules alone: what a change makes and takes back before it is answered.
    /// Programs become what they are, and are gone, a little later.
    public KernelSnapshot ofTheNetwork() {
        return new KernelSnapshot(text.lines()
                .filter(line -> !line.matches("(process|file|record|status) .*"))
                .collect(Collectors.joining("\n")));
    }

    /// Asserts that this equals `wanted`, and shows no more than the lines that differ.
    public void assertEquals(KernelSnapshot wanted, String when) {
        List<String> is = text.lines().toList();
        List<String> should = wanted.text.lines().toList();
        List<String> more = new ArrayList<>(is);
        should.forEach(more::remove);
        List<String> less = new ArrayList<>(should);
        is.forEach(less::remove);
        boolean otherOrder = more.isEmpty() && less.isEmpty() && !text.equals(wanted.text);
        assertThat(more.isEmpty() && less.isEmpty() && !otherOrder)
                .as(
                        "%s: too much\n  %s\ntoo little\n  %s\n%s",
                        when,
                        String.join("\n  ", more),
                        String.join("\n  ", less),
                        otherOrder ? "in another order\n" + text + "\nfor\n" + wanted.text : "")
                .isTrue();
    }
}
