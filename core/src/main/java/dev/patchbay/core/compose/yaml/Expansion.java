package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Turns the library's graph of nodes into a tree: an alias becomes a copy of what it stands for, `<<` the keys of
/// what it names. The number of elements is bounded, since a few lines of aliases of aliases can stand for
/// billions.
final class Expansion {
    private static final int MOST = 50_000;
    private static final String MERGE = "<<";
    private static final Set<Tag> TAGS =
            Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MERGE);

    private final String file;
    private final Interpolation variables;
    private int elements;

    Expansion(String file, Interpolation variables) {
        this.file = file;
        this.variables = variables;
    }

    Element.Mapping expand(MappingNode root) throws Mistake {
        return mapping(root, "", 0);
    }

    private Element element(Node node, String path, int depth) throws Mistake {
        Place place = Yaml.place(file, node.getStartMark(), path);
        if (++elements > MOST || depth > Yaml.DEEPEST) {
            throw ComposeMistakes.expandsTooFar(place);
        }
        if (!TAGS.contains(node.getTag())) {
            throw ComposeMistakes.tag(place, node.getTag().getValue());
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, place);
            case SequenceNode sequence -> {
                List<Element> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(element(item, path + "[" + items.size() + "]", depth + 1));
                }
                yield new Element.Listing(items, place);
            }
            case MappingNode mapping -> mapping(mapping, path, depth);
            case AnchorNode anchor -> element(anchor.getRealNode(), path, depth + 1);
            default -> throw ComposeMistakes.tag(place, node.getTag().getValue());
        };
    }

    private Element.Scalar scalar(ScalarNode scalar, Place place) throws Mistake {
        String text = scalar.getValue();
        boolean absent = scalar.isPlain() && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        return new Element.Scalar(absent ? "" : variables.fill(text, place), absent, place);
    }

    /// Own keys come before merged ones, and of merged ones the first that has a key.
    private Element.Mapping mapping(MappingNode mapping, String path, int depth) throws Mistake {
        SequencedMap<String, Element.Field> fields = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = Yaml.place(file, tuple.getKeyNode().getStartMark(), path);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw ComposeMistakes.keyIsNoText(keyPlace);
            }
            String name = key.getValue();
            if (key.isPlain() && name.equals(MERGE)) {
                merged.add(tuple.getValueNode());
                continue;
            }
            String below = path.isEmpty() ? name : path + "." + name;
            Element value = element(tuple.getValueNode(), below, depth + 1);
            if (fields.put(name, new Element.Field(name, value, keyPlace.at(below))) != null) {
                throw ComposeMistakes.twice(keyPlace.at(below));
            }
        }
        for (Node source : merged) {
            merge(source, fields, path, depth + 1);
        }
        return new Element.Mapping(List.copyOf(fields.values()), Yaml.place(file, mapping.getStartMark(), path));
    }

    private void merge(Node source, SequencedMap<String, Element.Field> into, String path, int depth) throws Mistake {
        switch (element(source, path, depth)) {
            case Element.Mapping mapping -> mapping.fields().forEach(field -> into.putIfAbsent(field.key(), field));
            case Element.Listing listing -> {
                for (Element item : listing.items()) {
                    if (!(item instanceof Element.Mapping mapping)) {
                        throw ComposeMistakes.mergesNoMapping(item.place().at(path));
                    }
                    mapping.fields().forEach(field -> into.putIfAbsent(field.key(), field));
                }
            }
            case Element.Scalar scalar ->
                throw ComposeMistakes.mergesNoMapping(scalar.place().at(path));
        }
    }
}
