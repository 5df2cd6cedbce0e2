package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.Interpolation;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.compose.yaml.YamlReader;
import dev.patchbay.core.refusal.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text of a Compose file and of its override files.
final class ProjectReader {
    private static final Pattern PROJECT_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9._-]+");

    private final Map<String, String> environment;
    private final EnvironmentReader.SiblingFiles siblingFiles;
    private final Set<String> profiles;
    private final Interpolation variables;
    private final List<String> notes = new ArrayList<>();

    /// @param profiles names of the enabled profiles, separated by commas
    ProjectReader(Map<String, String> environment, String profiles, EnvironmentReader.SiblingFiles beside) {
        this.environment = environment;
        this.siblingFiles = beside;
        this.profiles = Set.copyOf(List.of(profiles.split(",")));
        this.variables = new Interpolation(environment);
    }

    /// @param texts by file name, at least one; each later one overrides the previous ones
    /// @param asked the given name of the project, or null
    /// @param otherwise its name when neither the person nor the file gives one
    Project read(SequencedMap<String, String> texts, @Nullable String asked, String otherwise) throws RefusedException {
        String file = texts.firstEntry().getKey();
        YamlElement.Mapping whole = YamlReader.read(file, texts.firstEntry().getValue(), variables);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (!text.getKey().equals(file)) {
                whole = ComposeMerger.merge(whole, YamlReader.read(text.getKey(), text.getValue(), variables));
            }
        }
        ComposeFields top = ComposeKeys.FILE.check(whole, notes);
        String name = name(asked == null ? top.text("name", otherwise) : asked, whole);
        SequencedMap<String, YamlElement> networks = entries(top.child("networks"));
        ServiceReader serviceReader = new ServiceReader(
                name, new EnvironmentReader(environment, siblingFiles, notes), profiles, networks, notes);
        SequencedMap<String, YamlElement> services = serviceReader.enabledServices(entries(top.child("services")));
        List<ProjectContainer> containers = serviceReader.read(services);
        if (serviceReader.usesDefaultNetwork() && !networks.containsKey(ProjectNetworkReader.DEFAULT)) {
            networks.putFirst(ProjectNetworkReader.DEFAULT, new YamlElement.Mapping(List.of(), whole.location()));
        }
        List<ProjectNetwork> made = new ArrayList<>();
        for (Map.Entry<String, YamlElement> network : networks.entrySet()) {
            made.add(ProjectNetworkReader.read(name, network.getKey(), network.getValue(), notes));
        }
        variables
                .unset()
                .forEach(variable -> notes.add("the variable " + variable + " is not set and stands for nothing"));
        return new Project(name, List.copyOf(texts.keySet()), made, services.keySet(), containers, notes);
    }

    private static String name(String name, YamlElement.Mapping whole) throws RefusedException {
        if (!PROJECT_NAME.matcher(name).matches()) {
            throw ComposeRefusals.invalidProjectName(whole.location(), name);
        }
        return name;
    }

    /// Networks or services by their keys.
    private static SequencedMap<String, YamlElement> entries(ComposeFields fields) throws RefusedException {
        SequencedMap<String, YamlElement> named = new LinkedHashMap<>();
        for (YamlElement.Field field : fields.mapping().fields()) {
            if (field.key().startsWith("x-")) {
                continue;
            }
            if (!KEY.matcher(field.key()).matches()) {
                throw ComposeRefusals.invalid(field.location(), "only [a-zA-Z0-9._-] are allowed in a name");
            }
            named.put(field.key(), field.value());
        }
        return named;
    }
}
