package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.compose.yaml.Interpolation;
import dev.patchbay.core.compose.yaml.Yaml;
import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text of a Compose file, and of those that override it.
final class ProjectReader {
    private static final Pattern PROJECT_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9._-]+");

    private final Map<String, String> environment;
    private final EnvironmentReader.Beside beside;
    private final Set<String> profiles;
    private final Interpolation variables;
    private final List<String> notes = new ArrayList<>();

    /// @param profiles names of the profiles that are wanted, with commas between
    ProjectReader(Map<String, String> environment, String profiles, EnvironmentReader.Beside beside) {
        this.environment = environment;
        this.beside = beside;
        this.profiles = Set.copyOf(List.of(profiles.split(",")));
        this.variables = new Interpolation(environment);
    }

    /// @param texts by the names of their files, at least one; each later one overrides those before it
    /// @param asked the project's name, or null
    /// @param otherwise its name when neither the person nor the file gives one
    Project read(SequencedMap<String, String> texts, @Nullable String asked, String otherwise) throws Mistake {
        String file = texts.firstEntry().getKey();
        Element.Mapping whole = Yaml.read(file, texts.firstEntry().getValue(), variables);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (!text.getKey().equals(file)) {
                whole = ComposeMerge.merge(whole, Yaml.read(text.getKey(), text.getValue(), variables));
            }
        }
        Fields top = Keys.FILE.check(whole, notes);
        String name = name(asked == null ? top.text("name", otherwise) : asked, whole);
        SequencedMap<String, Element> networks = named(top.below("networks"));
        ServiceReader serviceReader =
                new ServiceReader(name, new EnvironmentReader(environment, beside, notes), profiles, networks, notes);
        SequencedMap<String, Element> services = serviceReader.wanted(named(top.below("services")));
        List<ProjectContainer> containers = serviceReader.read(services);
        if (serviceReader.usesDefaultNetwork() && !networks.containsKey(NetworkReader.DEFAULT)) {
            networks.putFirst(NetworkReader.DEFAULT, new Element.Mapping(List.of(), whole.place()));
        }
        List<ProjectNetwork> made = new ArrayList<>();
        for (Map.Entry<String, Element> network : networks.entrySet()) {
            made.add(NetworkReader.read(name, network.getKey(), network.getValue(), notes));
        }
        variables
                .unset()
                .forEach(variable -> notes.add("the variable " + variable + " is not set and stands for nothing"));
        return new Project(name, List.copyOf(texts.keySet()), made, services.keySet(), containers, notes);
    }

    private static String name(String name, Element.Mapping whole) throws Mistake {
        if (!PROJECT_NAME.matcher(name).matches()) {
            throw ComposeMistakes.projectName(whole.place(), name);
        }
        return name;
    }

    /// Networks or services by what the file calls them.
    private static SequencedMap<String, Element> named(Fields fields) throws Mistake {
        SequencedMap<String, Element> named = new LinkedHashMap<>();
        for (Element.Field field : fields.mapping().fields()) {
            if (field.key().startsWith("x-")) {
                continue;
            }
            if (!KEY.matcher(field.key()).matches()) {
                throw ComposeMistakes.invalid(field.place(), "only [a-zA-Z0-9._-] are allowed in a name");
            }
            named.put(field.key(), field.value());
        }
        return named;
    }
}
