package dev.patchbay.core.lab.property;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Lab as `ip` and `iptables-save` tell it, all read at once.
///
/// @param facts of what is ours, as [ExpectedKernel] words them
/// @param foreign lines about what is not ours
/// @param all everything, for two looks to be equal
record ObservedKernel(List<String> facts, List<String> foreign, List<String> all) {
    static final String FOREIGN = """
            set -e
            ip link add br-other type bridge
            ip addr add 10.200.0.1/24 dev br-other
            ip link set br-other up
            iptables -t nat -N OTHER
            iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j OTHER
            iptables -t nat -A OTHER ! -i br-other -p tcp -m tcp --dport 9999 -j DNAT --to-destination 10.200.0.2:80
            iptables -A FORWARD -i br-other -o br-other -j ACCEPT
            iptables -t nat -A POSTROUTING -s 10.200.0.0/24 ! -o br-other -j MASQUERADE
            ip6tables -A FORWARD -i br-other -o br-other -j ACCEPT
            ip6tables -t nat -A POSTROUTING -s fd00:200::/64 ! -o br-other -j MASQUERADE
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "== ";
    private static final String SCRIPT = """
            show='addr show
            route show table all'
            echo '== host'; echo "$show" | ip -j -b -
            for path in /run/netns/pb-*; do
              [ -e "$path" ] || continue
              echo "== inside"; echo "$show" | ip -n ${path##*/} -j -b -
            done
            echo '== rules 4'; iptables-save
            echo '== rules 6'; ip6tables-save
            echo '== processes'; pgrep -fc '[s]leep 86399' || :
            """;
    private static final Pattern FOREIGN_WORDS = Pattern.compile("br-other|10\\.200\\.|OTHER");
    private static final Pattern OWN_BRIDGE = Pattern.compile("\\bpb-[0-9a-f]{12}\\b");

    static ObservedKernel of(RealLab lab) throws EngineException, IOException {
        ObservedKernel seen = new ObservedKernel(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String section : lab.onHost(SCRIPT).split("(?m)^" + MARK)) {
            String title = section.lines().findFirst().orElse("");
            String body = section.substring(Math.min(section.length(), title.length() + 1));
            switch (title) {
                case "host" -> seen.host(documents(body));
                case "inside" -> seen.facts.add(inside(documents(body)));
                case "rules 4" -> seen.rules("4", body);
                case "rules 6" -> seen.rules("6", body);
                case "processes" -> seen.all.add("processes " + body.strip());
                default -> {}
            }
        }
        try (Stream<Path> files = Files.list(lab.directory().sandboxes())) {
            seen.all.add("files of " + files.filter(Files::isDirectory).count());
        }
        seen.all.addAll(seen.facts);
        seen.facts.sort(null);
        return seen;
    }

    private static List<JsonNode> documents(String body) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonNode next = JSON.readTree(parser); next != null; next = JSON.readTree(parser)) {
                documents.add(next);
            }
        }
        return documents;
    }

    private void host(List<JsonNode> documents) {
        for (JsonNode link : documents.getFirst()) {
            String name = link.path("ifname").asText();
            String fact = "link " + name + " mtu " + link.path("mtu").asText() + " in "
                    + link.path("master").asText("-") + " " + addresses(link);
            if (name.startsWith("pb") || name.equals("patchbay0")) {
                facts.add(fact);
            }
            keep(fact);
        }
        for (JsonNode route : documents.get(1)) {
            String fact = "route " + route.path("dst").asText() + " dev "
                    + route.path("dev").asText();
            if (isUnicast(route)) {
                String device = route.path("dev").asText();
                if (device.startsWith("pb-") || device.equals("patchbay0")) {
                    facts.add(fact);
                }
                keep(fact);
            }
        }
    }

    private void keep(String line) {
        all.add(line);
        if (FOREIGN_WORDS.matcher(line).find()) {
            foreign.add(line);
        }
    }

    private static Set<String> addresses(JsonNode link) {
        Set<String> addresses = new TreeSet<>();
        for (JsonNode address : link.path("addr_info")) {
            if (address.path("scope").asText().equals("global")) {
                addresses.add(address.path("local").asText() + "/"
                        + address.path("prefixlen").asText());
            }
        }
        return addresses;
    }

    private static boolean isUnicast(JsonNode route) {
        String destination = route.path("dst").asText();
        return !route.has("type") && !destination.startsWith("fe80") && !destination.startsWith("ff00");
    }

    private static String inside(List<JsonNode> documents) {
        Set<String> parts = new TreeSet<>();
        for (JsonNode link : documents.getFirst()) {
            if (!link.path("ifname").asText().equals("lo")) {
                parts.add(link.path("ifname").asText() + " "
                        + link.path("address").asText() + " mtu "
                        + link.path("mtu").asText() + " " + addresses(link));
            }
        }
        for (JsonNode route : documents.get(1)) {
            if (isUnicast(route) && route.path("dst").asText().equals("default")) {
                parts.add("default " + route.path("gateway").asText() + " "
                        + route.path("dev").asText());
            }
        }
        return "inside " + parts;
    }

    private void rules(String family, String saved) {
        String table = "";
        Set<String> bridges = new TreeSet<>();
        for (String line : saved.lines().toList()) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (line.startsWith("-A") || line.startsWith(":")) {
                String rule = family + " " + table + " " + line.replaceFirst(" \\[\\d+:\\d+]$", "");
                keep(rule);
                Matcher bridge = OWN_BRIDGE.matcher(line);
                while (bridge.find()) {
                    bridges.add(bridge.group());
                }
                if (isTold(table, line)) {
                    facts.add(rule);
                }
            }
        }
        facts.add(family + " rules about " + bridges);
    }

    /// Rules that the model has an opinion on.
    private static boolean isTold(String table, String line) {
        return line.startsWith("-A PATCHBAY ")
                || (table.equals("filter") && line.matches("-A PATCHBAY-FORWARD -i (\\S+) -o \\1 .*"))
                || (table.equals("filter") && line.matches("-A PATCHBAY-ISOLATION-STAGE-1 ! -[sd] .* -j DROP"))
                || (table.equals("nat") && line.matches("-A PATCHBAY-POSTROUTING -s .* -j MASQUERADE"));
    }
}
