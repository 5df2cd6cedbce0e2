package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.YamlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/// Merges a Compose file with a later one, as the Compose specification says (section *Merge*): mappings
/// are merged key by key, lists are appended, single values are replaced. Every value keeps its
/// location.
final class ComposeMerger {
    /// Lists that are one value, such as a command: the later one replaces the earlier one.
    private static final Set<String> REPLACED_KEYS = Set.of("command", "entrypoint", "test");

    /// Keys that take a mapping, or a list of `name=value`.
    private static final Set<String> PAIR_KEYS = Set.of("environment", "labels", "annotations", "sysctls", "args");

    /// Keys that take a mapping, or a list of its keys.
    private static final Set<String> MAPPING_OR_LIST_KEYS = Set.of("depends_on", "networks");

    /// Keys that take a list, or its only item.
    private static final Set<String> LIST_OR_SCALAR_KEYS = Set.of("env_file", "dns", "dns_search", "tmpfs", "profiles");

    private ComposeMerger() {}

    static YamlElement.Mapping merge(YamlElement.Mapping earlier, YamlElement.Mapping later) {
        SequencedMap<String, YamlElement.Field> merged = new LinkedHashMap<>();
        earlier.fields().forEach(field -> merged.put(field.key(), field));
        for (YamlElement.Field field : later.fields()) {
            YamlElement.Field before = merged.get(field.key());
            merged.put(
                    field.key(),
                    before == null
                            ? field
                            : new YamlElement.Field(
                                    field.key(), merge(field.key(), before.value(), field.value()), field.location()));
        }
        return new YamlElement.Mapping(List.copyOf(merged.values()), earlier.location());
    }

    private static YamlElement merge(String key, YamlElement earlier, YamlElement later) {
        if (later.isAbsent()) {
            return earlier;
        }
        if (earlier.isAbsent() || REPLACED_KEYS.contains(key)) {
            return later;
        }
        if (PAIR_KEYS.contains(key)) {
            return merged(pairsAsMapping(earlier), pairsAsMapping(later));
        }
        if (MAPPING_OR_LIST_KEYS.contains(key)) {
            return merged(asMapping(earlier), asMapping(later));
        }
        if (LIST_OR_SCALAR_KEYS.contains(key)) {
            return merged(asSequence(earlier), asSequence(later));
        }
        return merged(earlier, later);
    }

    private static YamlElement merged(YamlElement earlier, YamlElement later) {
        if (earlier instanceof YamlElement.Mapping one && later instanceof YamlElement.Mapping other) {
            return merge(one, other);
        }
        if (earlier instanceof YamlElement.Sequence one && later instanceof YamlElement.Sequence other) {
            return appendItems(one, other);
        }
        return later;
    }

    /// An item in both files counts once. Address pools with the same subnet are equal.
    private static YamlElement appendItems(YamlElement.Sequence earlier, YamlElement.Sequence later) {
        List<YamlElement> items = new ArrayList<>(earlier.items());
        for (YamlElement item : later.items()) {
            int same = indexOf(items, item);
            if (same < 0) {
                items.add(item);
            } else {
                items.set(same, merged(items.get(same), item));
            }
        }
        return new YamlElement.Sequence(items, earlier.location());
    }

    private static int indexOf(List<YamlElement> items, YamlElement wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (isSame(items.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(YamlElement one, YamlElement other) {
        if (one instanceof YamlElement.Scalar a && other instanceof YamlElement.Scalar b) {
            return a.text().equals(b.text());
        }
        if (one instanceof YamlElement.Mapping a && other instanceof YamlElement.Mapping b) {
            return a.get("subnet") instanceof YamlElement.Scalar subnet
                    ? b.get("subnet") instanceof YamlElement.Scalar wanted
                            && subnet.text().equals(wanted.text())
                    : values(a).equals(values(b));
        }
        return false;
    }

    private static Map<String, String> values(YamlElement.Mapping mapping) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (YamlElement.Field field : mapping.fields()) {
            values.put(
                    field.key(),
                    field.value() instanceof YamlElement.Scalar scalar
                            ? scalar.text()
                            : Objects.toString(field.value()));
        }
        return values;
    }

    private static YamlElement pairsAsMapping(YamlElement element) {
        if (!(element instanceof YamlElement.Sequence listing)) {
            return element;
        }
        List<YamlElement.Field> fields = new ArrayList<>();
        for (YamlElement item : listing.items()) {
            if (!(item instanceof YamlElement.Scalar line)) {
                return element;
            }
            int equals = line.text().indexOf('=');
            fields.add(new YamlElement.Field(
                    equals < 0 ? line.text() : line.text().substring(0, equals),
                    equals < 0
                            ? new YamlElement.Scalar("", true, line.location())
                            : new YamlElement.Scalar(line.text().substring(equals + 1), false, line.location()),
                    line.location()));
        }
        return lastOfEachKey(fields, listing);
    }

    private static YamlElement asMapping(YamlElement element) {
        if (!(element instanceof YamlElement.Sequence listing)) {
            return element;
        }
        List<YamlElement.Field> fields = new ArrayList<>();
        for (YamlElement item : listing.items()) {
            if (!(item instanceof YamlElement.Scalar name)) {
                return element;
            }
            fields.add(new YamlElement.Field(
                    name.text(), new YamlElement.Scalar("", true, name.location()), name.location()));
        }
        return lastOfEachKey(fields, listing);
    }

    private static YamlElement lastOfEachKey(List<YamlElement.Field> fields, YamlElement.Sequence listing) {
        SequencedMap<String, YamlElement.Field> last = new LinkedHashMap<>();
        fields.forEach(field -> last.put(field.key(), field));
        return new YamlElement.Mapping(List.copyOf(last.values()), listing.location());
    }

    private static YamlElement asSequence(YamlElement element) {
        return element instanceof YamlElement.Scalar
                ? new YamlElement.Sequence(List.of(element), element.location())
                : element;
    }
}
