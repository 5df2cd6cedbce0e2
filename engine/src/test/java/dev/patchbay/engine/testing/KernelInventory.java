package dev.patchbay.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the calling thread's network namespace holds, as other tools than ours tell it.
///
/// @param rules of `iptables-save`: chains that are not built in and every rule, without counters
public record KernelInventory(Set<String> links, Set<String> namespaces, String rules) {

    public static KernelInventory take() throws IOException, InterruptedException {
        Set<String> links = new TreeSet<>();
        for (JsonNode link : Shell.json("ip", "-j", "link")) {
            links.add(link.get("ifname").asText());
        }
        Set<String> namespaces = Shell.run("ip", "netns")
                .lines()
                .map(line -> line.split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        StringBuilder rules = new StringBuilder();
        String table = "";
        for (String line : Shell.run("iptables-save").lines().toList()) {
            if (line.startsWith("*")) {
                table = line;
            } else if (line.startsWith("-A") || line.matches(":\\S+ - .*")) {
                rules.append(table)
                        .append(' ')
                        .append(line.replaceFirst(" \\[\\d+:\\d+]$", ""))
                        .append('\n');
            }
        }
        return new KernelInventory(links, namespaces, rules.toString());
    }

    /// Removes the links and namespaces of `after` that are not in this inventory.
    void removeWhatIsNew(KernelInventory after) throws IOException, InterruptedException {
        for (String namespace : after.namespaces) {
            if (!namespaces.contains(namespace)) {
                Shell.run("ip", "netns", "delete", namespace);
            }
        }
        Set<String> left = take().links;
        left.removeAll(links);
        for (String link : left) {
            // The other end of a veth pair goes with the first, so absence is fine.
            if (take().links.contains(link)) {
                Shell.run("ip", "link", "delete", link);
            }
        }
    }
}
