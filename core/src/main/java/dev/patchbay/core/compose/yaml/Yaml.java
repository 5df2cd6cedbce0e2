package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.Mistake;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads YAML text into elements.
public final class Yaml {
    private static final int LONGEST = 1 << 20;
    /// Compose files are about six deep.
    static final int DEEPEST = 32;

    private Yaml() {}

    /// The mapping that the file consists of.
    public static Element.Mapping read(String file, String text, Interpolation variables) throws Mistake {
        Place whole = new Place(file, 1, 1, "");
        if (text.length() > LONGEST) {
            throw ComposeMistakes.tooLong(whole);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(LONGEST)
                // What they expand to is bounded by Expansion, not how often they are used.
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(false)
                .build();
        try {
            checkShape(file, settings, text);
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return new Expansion(file, variables).expand(mapping);
            }
            throw ComposeMistakes.noMapping(whole);
        } catch (MarkedYamlEngineException e) {
            throw ComposeMistakes.notYaml(
                    place(file, e.getProblemMark().or(e::getContextMark), ""), String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw ComposeMistakes.notYaml(whole, String.valueOf(e.getMessage()));
        }
    }

    static Place place(String file, Optional<Mark> mark, String path) {
        return new Place(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                path);
    }

    /// The composer calls itself for each level, the parser does not: what is too deep must not reach the composer.
    private static void checkShape(String file, LoadSettings settings, String text) throws Mistake {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw ComposeMistakes.tooDeep(place(file, event.getStartMark(), ""));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw ComposeMistakes.secondDocument(place(file, event.getStartMark(), ""));
            }
        }
    }
}
