package dev.patchbay.core.packet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.packet.NftExpression.NamedSet;
import dev.patchbay.core.packet.RuleStatement.ChainRule;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.core.rules.NftChain;
import dev.patchbay.core.rules.NftRule;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses the JSON of a table of nft.
final class NftTableParser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    /// @param rules of each chain
    record NftTable(
            String name,
            List<BaseChain> baseChains,
            List<BaseChain.OnLink> onLinks,
            Map<String, List<ChainRule>> rules) {}

    private final KernelTable table;
    private final String name;
    private final List<BaseChain> baseChains = new ArrayList<>();
    private final List<BaseChain.OnLink> onLinks = new ArrayList<>();
    private final Map<String, NftChain> texts = new HashMap<>();
    private final Map<String, NamedSet> sets = new HashMap<>();
    private final Map<String, List<JsonNode>> rules = new HashMap<>();
    private boolean dormant;

    private NftTableParser(KernelTable table) {
        this.table = table;
        this.name = table.family() + " " + table.name();
        NftChain.of(table).forEach(chain -> texts.put(chain.name(), chain));
    }

    /// Null for a table that cannot be read.
    static @Nullable NftTable parse(KernelTable table) {
        try {
            JsonNode objects = JSON.readTree(table.json()).path("nftables");
            return objects.isArray() && !objects.isEmpty() ? new NftTableParser(table).parse(objects) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private NftTable parse(JsonNode objects) {
        Set<String> changedByRules = changedByRules(objects);
        for (JsonNode object : objects) {
            JsonNode rule = object.path("rule");
            if (!rule.isMissingNode()) {
                rules.computeIfAbsent(rule.path("chain").asText(), _ -> new ArrayList<>())
                        .add(rule);
            }
        }
        for (JsonNode object : objects) {
            if (object.has("table")) {
                dormant = object.path("table").path("flags").toString().contains("dormant");
            } else if (object.has("chain")) {
                addChain(object.path("chain"));
            } else if (object.has("set") || object.has("map")) {
                JsonNode set = object.has("set") ? object.path("set") : object.path("map");
                String flags = set.path("flags").toString();
                boolean changing = flags.contains("dynamic")
                        || flags.contains("timeout")
                        || changedByRules.contains("@" + set.path("name").asText());
                sets.put(set.path("name").asText(), new NamedSet(set.path("elem"), changing));
            }
        }
        Map<String, List<ChainRule>> parsed = new HashMap<>();
        NftStatementParser statements = new NftStatementParser(sets);
        rules.forEach((chain, ofChain) -> parsed.put(chain, parse(chain, ofChain, statements)));
        return dormant
                ? new NftTable(name, List.of(), List.of(), Map.of())
                : new NftTable(name, baseChains, onLinks, parsed);
    }

    private List<ChainRule> parse(String chain, List<JsonNode> ofChain, NftStatementParser statements) {
        NftChain text = texts.get(chain);
        List<NftRule> shown = text != null && text.rules().size() == ofChain.size() ? text.rules() : List.of();
        List<ChainRule> parsed = new ArrayList<>();
        for (JsonNode rule : ofChain) {
            int number = parsed.size() + 1;
            NftRule origin = shown.isEmpty() ? new NftRule(table, chain, number, "") : shown.get(number - 1);
            parsed.add(new ChainRule(
                    new FirewallRule.OfNft(origin, rule.path("handle").asLong()), statements.parse(rule.path("expr"))));
        }
        return parsed;
    }

    private void addChain(JsonNode chain) {
        String hook = chain.path("hook").asText();
        if (hook.isEmpty()) {
            return;
        }
        String chainName = chain.path("name").asText();
        NetfilterHook known = NetfilterHook.ofNft(hook);
        if (known != null && Set.of("ip", "ip6", "inet", "bridge").contains(table.family())) {
            baseChains.add(new BaseChain(
                    name,
                    chainName,
                    true,
                    known,
                    chain.path("prio").asInt(),
                    chain.path("type").asText().equals("nat"),
                    chain.path("type").asText().equals("route"),
                    chain.path("policy").asText().equals("drop")));
        } else if (chain.path("policy").asText().equals("drop") || rules.containsKey(chainName)) {
            Set<String> links = new HashSet<>();
            JsonNode devices = chain.path("dev");
            (devices.isArray() ? devices : List.of(devices)).forEach(device -> links.add(device.asText()));
            if (devices.isMissingNode()) {
                links.clear();
                links.addAll(devices(texts.get(chainName)));
            }
            onLinks.add(new BaseChain.OnLink(name, chainName, hook, links));
        }
    }

    /// Of the text of a chain: older versions of nft do not print them as JSON.
    private static List<String> devices(@Nullable NftChain text) {
        return text == null
                ? List.of()
                : QUOTED.matcher(text.hook())
                        .results()
                        .map(quoted -> quoted.group(1))
                        .toList();
    }

    /// Sets that rules add elements to.
    private static Set<String> changedByRules(JsonNode objects) {
        Set<String> changed = new HashSet<>();
        for (JsonNode object : objects) {
            for (JsonNode statement : object.path("rule").path("expr")) {
                for (String kind : List.of("set", "map")) {
                    JsonNode target = statement.path(kind).path(kind);
                    if (!target.isMissingNode()) {
                        changed.add(target.asText());
                    }
                }
            }
        }
        return changed;
    }
}
