package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.RefusedException;
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

/// Parses YAML text to elements.
public final class YamlReader {
    private static final int MAX_LENGTH = 1 << 20;
    /// Compose files are about six levels deep.
    static final int MAX_DEPTH = 32;

    private YamlReader() {}

    /// The mapping at the root of the file.
    public static YamlElement.Mapping read(String file, String text, Interpolation variables) throws RefusedException {
        SourceLocation whole = new SourceLocation(file, 1, 1, "");
        if (text.length() > MAX_LENGTH) {
            throw ComposeRefusals.tooLong(whole);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MAX_LENGTH)
                // [YamlExpander] limits the result of expansion; the number of aliases is not limited.
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(false)
                .build();
        try {
            checkDepthAndDocuments(file, settings, text);
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return new YamlExpander(file, variables).expand(mapping);
            }
            throw ComposeRefusals.notAMapping(whole);
        } catch (MarkedYamlEngineException e) {
            throw ComposeRefusals.notYaml(
                    location(file, e.getProblemMark().or(e::getContextMark), ""), String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw ComposeRefusals.notYaml(whole, String.valueOf(e.getMessage()));
        }
    }

    static SourceLocation location(String file, Optional<Mark> mark, String path) {
        return new SourceLocation(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                path);
    }

    /// The composer recurses for each level, the parser does not, so the depth is checked before
    /// composing.
    private static void checkDepthAndDocuments(String file, LoadSettings settings, String text)
            throws RefusedException {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw ComposeRefusals.tooDeep(location(file, event.getStartMark(), ""));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw ComposeRefusals.secondDocument(location(file, event.getStartMark(), ""));
            }
        }
    }
}
