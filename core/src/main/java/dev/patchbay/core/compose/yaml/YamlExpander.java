package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.RefusedException;
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

/// Converts the library's graph of nodes to a tree: an alias becomes a copy of its anchor's content,
/// `<<` becomes the merged keys. The number of elements is limited, since a few lines of nested aliases
/// can expand to billions.
final class YamlExpander {
    private static final int MAX_ELEMENTS = 50_000;
    private static final String MERGE = "<<";
    private static final Set<Tag> TAGS =
            Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MERGE);

    private final String file;
    private final Interpolation variables;
    private int elements;

    YamlExpander(String file, Interpolation variables) {
        this.file = file;
        this.variables = variables;
    }

    YamlElement.Mapping expand(MappingNode root) throws RefusedException {
        return mapping(root, "", 0);
    }

    private YamlElement element(Node node, String path, int depth) throws RefusedException {
        SourceLocation place = YamlReader.location(file, node.getStartMark(), path);
        if (++elements > MAX_ELEMENTS || depth > YamlReader.MAX_DEPTH) {
            throw ComposeRefusals.tooManyAliases(place);
        }
        if (!TAGS.contains(node.getTag())) {
            throw ComposeRefusals.unsupportedTag(place, node.getTag().getValue());
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, place);
            case SequenceNode sequence -> {
                List<YamlElement> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(element(item, path + "[" + items.size() + "]", depth + 1));
                }
                yield new YamlElement.Sequence(items, place);
            }
            case MappingNode mapping -> mapping(mapping, path, depth);
            case AnchorNode anchor -> element(anchor.getRealNode(), path, depth + 1);
            default -> throw ComposeRefusals.unsupportedTag(place, node.getTag().getValue());
        };
    }

    private YamlElement.Scalar scalar(ScalarNode scalar, SourceLocation place) throws RefusedException {
        String text = scalar.getValue();
        boolean absent = scalar.isPlain() && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        return new YamlElement.Scalar(absent ? "" : variables.substitute(text, place), absent, place);
    }

    /// Own keys precede merged ones, and of merged ones the first with a key counts.
    private YamlElement.Mapping mapping(MappingNode mapping, String path, int depth) throws RefusedException {
        SequencedMap<String, YamlElement.Field> fields = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            SourceLocation keyPlace =
                    YamlReader.location(file, tuple.getKeyNode().getStartMark(), path);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw ComposeRefusals.keyNotText(keyPlace);
            }
            String name = key.getValue();
            if (key.isPlain() && name.equals(MERGE)) {
                merged.add(tuple.getValueNode());
                continue;
            }
            String below = path.isEmpty() ? name : path + "." + name;
            YamlElement value = element(tuple.getValueNode(), below, depth + 1);
            if (fields.put(name, new YamlElement.Field(name, value, keyPlace.withPath(below))) != null) {
                throw ComposeRefusals.duplicateKey(keyPlace.withPath(below));
            }
        }
        for (Node source : merged) {
            merge(source, fields, path, depth + 1);
        }
        return new YamlElement.Mapping(
                List.copyOf(fields.values()), YamlReader.location(file, mapping.getStartMark(), path));
    }

    private void merge(Node source, SequencedMap<String, YamlElement.Field> into, String path, int depth)
            throws RefusedException {
        switch (element(source, path, depth)) {
            case YamlElement.Mapping mapping -> mapping.fields().forEach(field -> into.putIfAbsent(field.key(), field));
            case YamlElement.Sequence listing -> {
                for (YamlElement item : listing.items()) {
                    if (!(item instanceof YamlElement.Mapping mapping)) {
                        throw ComposeRefusals.mergeWithoutMapping(
                                item.location().withPath(path));
                    }
                    mapping.fields().forEach(field -> into.putIfAbsent(field.key(), field));
                }
            }
            case YamlElement.Scalar scalar ->
                throw ComposeRefusals.mergeWithoutMapping(scalar.location().withPath(path));
        }
    }
}
