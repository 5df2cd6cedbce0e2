package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a mapping, each as the type that its key has.
record Fields(Element.Mapping mapping) {
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

    static Fields of(Element element) throws Mistake {
        if (element instanceof Element.Mapping mapping) {
            return new Fields(mapping);
        }
        throw ComposeMistakes.wrongType(element.place(), "a mapping");
    }

    /// The mapping behind a key, an empty one when there is none.
    Fields below(String key) throws Mistake {
        Element element = mapping.get(key);
        return element == null ? new Fields(new Element.Mapping(List.of(), mapping.place())) : of(element);
    }

    @Nullable
    Element get(String key) {
        return mapping.get(key);
    }

    @Nullable
    String text(String key) throws Mistake {
        Element element = mapping.get(key);
        return element == null ? null : text(element);
    }

    String text(String key, String otherwise) throws Mistake {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    boolean flag(String key) throws Mistake {
        Element element = mapping.get(key);
        if (element == null) {
            return false;
        }
        String word = text(element).toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw ComposeMistakes.wrongType(element.place(), "true or false");
        }
        return TRUE.contains(word);
    }

    int number(String key, int otherwise, int least, int most) throws Mistake {
        Element element = mapping.get(key);
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
        throw ComposeMistakes.wrongType(element.place(), "a number from " + least + " to " + most);
    }

    List<Element> items(String key) throws Mistake {
        return switch (mapping.get(key)) {
            case null -> List.of();
            case Element.Listing listing -> listing.items();
            case Element other -> throw ComposeMistakes.wrongType(other.place(), "a list");
        };
    }

    /// A list of texts, or one text.
    List<String> texts(String key) throws Mistake {
        Element element = mapping.get(key);
        if (element instanceof Element.Scalar scalar) {
            return List.of(scalar.text());
        }
        List<String> texts = new ArrayList<>();
        for (Element item : items(key)) {
            texts.add(text(item));
        }
        return texts;
    }

    /// A mapping, or a list of `name=value`; a value that is missing is null.
    SequencedMap<String, @Nullable String> pairs(String key) throws Mistake {
        SequencedMap<String, @Nullable String> pairs = new LinkedHashMap<>();
        switch (mapping.get(key)) {
            case null -> {}
            case Element.Mapping map -> {
                for (Element.Field field : map.fields()) {
                    pairs.put(field.key(), field.value().isAbsent() ? null : text(field.value()));
                }
            }
            case Element.Listing listing -> {
                for (Element item : listing.items()) {
                    String line = text(item);
                    int equals = line.indexOf('=');
                    pairs.put(
                            equals < 0 ? line : line.substring(0, equals),
                            equals < 0 ? null : line.substring(equals + 1));
                }
            }
            case Element.Scalar scalar ->
                throw ComposeMistakes.wrongType(scalar.place(), "a mapping, or a list of name=value");
        }
        return pairs;
    }

    /// As [#pairs], a missing value being an empty one.
    SequencedMap<String, String> words(String key) throws Mistake {
        SequencedMap<String, String> words = new LinkedHashMap<>();
        pairs(key).forEach((name, value) -> words.put(name, value == null ? "" : value));
        return words;
    }

    static String text(Element element) throws Mistake {
        if (element instanceof Element.Scalar scalar && !scalar.absent()) {
            return scalar.text();
        }
        throw ComposeMistakes.wrongType(element.place(), "a text");
    }
}
