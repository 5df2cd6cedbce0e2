package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/// Merges a Compose file with one that is read after it, as the Compose specification says (section *Merge*):
/// mappings are merged key by key, lists are appended, a single value is replaced. Every value keeps the place that
/// it was written at.
final class ComposeMerge {
    /// Lists that are one value, as a command is: the later one replaces the earlier one.
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

    /// Keys that take a mapping, or a list of `name=value`.
    private static final Set<String> PAIRS = Set.of("environment", "labels", "annotations", "sysctls", "args");

    /// Keys that take a mapping, or a list of its keys.
    private static final Set<String> NAMED = Set.of("depends_on", "networks");

    /// Keys that take a list, or its only item.
    private static final Set<String> LISTS = Set.of("env_file", "dns", "dns_search", "tmpfs", "profiles");

    private ComposeMerge() {}

    static Element.Mapping merge(Element.Mapping earlier, Element.Mapping later) {
        SequencedMap<String, Element.Field> merged = new LinkedHashMap<>();
        earlier.fields().forEach(field -> merged.put(field.key(), field));
        for (Element.Field field : later.fields()) {
            Element.Field before = merged.get(field.key());
            merged.put(
                    field.key(),
                    before == null
                            ? field
                            : new Element.Field(
                                    field.key(), merge(field.key(), before.value(), field.value()), field.place()));
        }
        return new Element.Mapping(List.copyOf(merged.values()), earlier.place());
    }

    private static Element merge(String key, Element earlier, Element later) {
        if (later.isAbsent()) {
            return earlier;
        }
        if (earlier.isAbsent() || REPLACED.contains(key)) {
            return later;
        }
        if (PAIRS.contains(key)) {
            return merged(pairs(earlier), pairs(later));
        }
        if (NAMED.contains(key)) {
            return merged(named(earlier), named(later));
        }
        if (LISTS.contains(key)) {
            return merged(listed(earlier), listed(later));
        }
        return merged(earlier, later);
    }

    private static Element merged(Element earlier, Element later) {
        if (earlier instanceof Element.Mapping one && later instanceof Element.Mapping other) {
            return merge(one, other);
        }
        if (earlier instanceof Element.Listing one && later instanceof Element.Listing other) {
            return append(one, other);
        }
        return later;
    }

    /// An item that is written in both files counts once. Address pools are the same when their subnet is.
    private static Element append(Element.Listing earlier, Element.Listing later) {
        List<Element> items = new ArrayList<>(earlier.items());
        for (Element item : later.items()) {
            int same = indexOf(items, item);
            if (same < 0) {
                items.add(item);
            } else {
                items.set(same, merged(items.get(same), item));
            }
        }
        return new Element.Listing(items, earlier.place());
    }

    private static int indexOf(List<Element> items, Element wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (isSame(items.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(Element one, Element other) {
        if (one instanceof Element.Scalar a && other instanceof Element.Scalar b) {
            return a.text().equals(b.text());
        }
        if (one instanceof Element.Mapping a && other instanceof Element.Mapping b) {
            return a.get("subnet") instanceof Element.Scalar subnet
                    ? b.get("subnet") instanceof Element.Scalar wanted
                            && subnet.text().equals(wanted.text())
                    : values(a).equals(values(b));
        }
        return false;
    }

    private static Map<String, String> values(Element.Mapping mapping) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (Element.Field field : mapping.fields()) {
            values.put(
                    field.key(),
                    field.value() instanceof Element.Scalar scalar ? scalar.text() : Objects.toString(field.value()));
        }
        return values;
    }

    private static Element pairs(Element element) {
        if (!(element instanceof Element.Listing listing)) {
            return element;
        }
        List<Element.Field> fields = new ArrayList<>();
        for (Element item : listing.items()) {
            if (!(item instanceof Element.Scalar line)) {
                return element;
            }
            int equals = line.text().indexOf('=');
            fields.add(new Element.Field(
                    equals < 0 ? line.text() : line.text().substring(0, equals),
                    equals < 0
                            ? new Element.Scalar("", true, line.place())
                            : new Element.Scalar(line.text().substring(equals + 1), false, line.place()),
                    line.place()));
        }
        return lastOfEach(fields, listing);
    }

    private static Element named(Element element) {
        if (!(element instanceof Element.Listing listing)) {
            return element;
        }
        List<Element.Field> fields = new ArrayList<>();
        for (Element item : listing.items()) {
            if (!(item instanceof Element.Scalar name)) {
                return element;
            }
            fields.add(new Element.Field(name.text(), new Element.Scalar("", true, name.place()), name.place()));
        }
        return lastOfEach(fields, listing);
    }

    private static Element lastOfEach(List<Element.Field> fields, Element.Listing listing) {
        SequencedMap<String, Element.Field> last = new LinkedHashMap<>();
        fields.forEach(field -> last.put(field.key(), field));
        return new Element.Mapping(List.copyOf(last.values()), listing.place());
    }

    private static Element listed(Element element) {
        return element instanceof Element.Scalar ? new Element.Listing(List.of(element), element.place()) : element;
    }
}
