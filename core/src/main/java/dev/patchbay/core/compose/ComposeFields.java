package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.refusal.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a mapping, each converted to the type of its key.
record ComposeFields(YamlElement.Mapping mapping) {
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

    static ComposeFields of(YamlElement element) throws RefusedException {
        if (element instanceof YamlElement.Mapping mapping) {
            return new ComposeFields(mapping);
        }
        throw ComposeRefusals.wrongType(element.location(), "a mapping");
    }

    /// The mapping of a key; empty when there is none.
    ComposeFields child(String key) throws RefusedException {
        YamlElement element = mapping.get(key);
        return element == null
                ? new ComposeFields(new YamlElement.Mapping(List.of(), mapping.location()))
                : of(element);
    }

    @Nullable
    YamlElement get(String key) {
        return mapping.get(key);
    }

    @Nullable
    String text(String key) throws RefusedException {
        YamlElement element = mapping.get(key);
        return element == null ? null : text(element);
    }

    String text(String key, String otherwise) throws RefusedException {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    boolean flag(String key) throws RefusedException {
        YamlElement element = mapping.get(key);
        if (element == null) {
            return false;
        }
        String word = text(element).toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw ComposeRefusals.wrongType(element.location(), "true or false");
        }
        return TRUE.contains(word);
    }

    int number(String key, int otherwise, int least, int most) throws RefusedException {
        YamlElement element = mapping.get(key);
        if (element == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text(element));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw ComposeRefusals.wrongType(element.location(), "a number from " + least + " to " + most);
    }

    List<YamlElement> items(String key) throws RefusedException {
        return switch (mapping.get(key)) {
            case null -> List.of();
            case YamlElement.Sequence listing -> listing.items();
            case YamlElement other -> throw ComposeRefusals.wrongType(other.location(), "a list");
        };
    }

    /// A list of texts, or a single text.
    List<String> texts(String key) throws RefusedException {
        YamlElement element = mapping.get(key);
        if (element instanceof YamlElement.Scalar scalar) {
            return List.of(scalar.text());
        }
        List<String> texts = new ArrayList<>();
        for (YamlElement item : items(key)) {
            texts.add(text(item));
        }
        return texts;
    }

    /// A mapping, or a list of `name=value`; a missing value is null.
    SequencedMap<String, @Nullable String> pairs(String key) throws RefusedException {
        SequencedMap<String, @Nullable String> pairs = new LinkedHashMap<>();
        switch (mapping.get(key)) {
            case null -> {}
            case YamlElement.Mapping map -> {
                for (YamlElement.Field field : map.fields()) {
                    pairs.put(field.key(), field.value().isAbsent() ? null : text(field.value()));
                }
            }
            case YamlElement.Sequence listing -> {
                for (YamlElement item : listing.items()) {
                    String line = text(item);
                    int equals = line.indexOf('=');
                    pairs.put(
                            equals < 0 ? line : line.substring(0, equals),
                            equals < 0 ? null : line.substring(equals + 1));
                }
            }
            case YamlElement.Scalar scalar ->
                throw ComposeRefusals.wrongType(scalar.location(), "a mapping, or a list of name=value");
        }
        return pairs;
    }

    /// As [#pairs], with a missing value as empty.
    SequencedMap<String, String> textPairs(String key) throws RefusedException {
        SequencedMap<String, String> words = new LinkedHashMap<>();
        pairs(key).forEach((name, value) -> words.put(name, value == null ? "" : value));
        return words;
    }

    static String text(YamlElement element) throws RefusedException {
        if (element instanceof YamlElement.Scalar scalar && !scalar.absent()) {
            return scalar.text();
        }
        throw ComposeRefusals.wrongType(element.location(), "a text");
    }
}
