package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.RefusedException;
import java.util.List;

/// Refusals about a Compose file, each with its location.
public final class ComposeRefusals {
    private static final String CODE = "compose-file";
    private static final int MAX_QUOTE_LENGTH = 60;

    private ComposeRefusals() {}

    public static RefusedException unreadable(String file, String reason) {
        return RefusedException.of(CODE, printable("cannot read " + file + ": " + reason));
    }

    public static RefusedException invalidProjectName(SourceLocation place, String name) {
        return withLocation(
                place,
                "invalid project name " + quote(name) + ": it must consist only of lowercase alphanumeric characters, "
                        + "hyphens, and underscores as well as start with a letter or number",
                "Name the project with -p NAME, or with name: in the file.");
    }

    public static RefusedException notYaml(SourceLocation place, String problem) {
        return withLocation(place, "this is no YAML: " + problem, "");
    }

    public static RefusedException notAMapping(SourceLocation place) {
        return withLocation(
                place, "this is no Compose file", "It has keys like services: and networks: at its beginning.");
    }

    public static RefusedException tooLong(SourceLocation place) {
        return withLocation(place, "the file is longer than a megabyte", "Split it into several projects.");
    }

    public static RefusedException tooDeep(SourceLocation place) {
        return withLocation(place, "the file is nested too deeply", "");
    }

    public static RefusedException tooManyAliases(SourceLocation place) {
        return withLocation(place, "aliases make far too much of this file", "Use fewer aliases of aliases.");
    }

    public static RefusedException secondDocument(SourceLocation place) {
        return withLocation(place, "a second document begins here", "A Compose file is one document.");
    }

    public static RefusedException unsupportedTag(SourceLocation place, String tag) {
        return withLocation(place, "the tag " + quote(tag) + " means nothing here", "Leave it out.");
    }

    public static RefusedException keyNotText(SourceLocation place) {
        return withLocation(place, "a key is a word", "");
    }

    public static RefusedException duplicateKey(SourceLocation place) {
        return withLocation(place, place.path() + " is given twice", "");
    }

    public static RefusedException mergeWithoutMapping(SourceLocation place) {
        return withLocation(place, "<< takes a mapping, or a list of them", "");
    }

    public static RefusedException badVariable(SourceLocation place, String text) {
        return withLocation(place, "invalid interpolation format: " + quote(text), "Write $$ for a dollar sign.");
    }

    public static RefusedException variableRequired(SourceLocation place, String variable, String message) {
        return withLocation(
                place,
                "required variable " + variable + " is missing a value" + (message.isEmpty() ? "" : ": " + message),
                "");
    }

    public static RefusedException unknownKey(SourceLocation place, List<String> similar) {
        return withLocation(
                place,
                place.path() + " is not a key of a Compose file",
                similar.isEmpty()
                        ? "A key of your own begins with x-."
                        : "Did you mean " + String.join(" or ", similar) + "?");
    }

    public static RefusedException notSupported(SourceLocation place, String advice) {
        return withLocation(place, place.path() + " is not supported by Patchbay", advice);
    }

    /// @param expected as `a list`
    public static RefusedException wrongType(SourceLocation place, String expected) {
        return withLocation(place, place.path() + " must be " + expected, "");
    }

    public static RefusedException invalid(SourceLocation place, String sentence) {
        return withLocation(place, place.path() + ": " + sentence, "");
    }

    /// A network of this name exists and belongs to somebody else.
    public static RefusedException foreignNetwork(String name, String key, String label) {
        return RefusedException.of(
                "foreign-network",
                "a network with name " + name + " exists but was not made for this project: network " + name
                        + " was found but has incorrect label com.docker.compose.network set to \"" + label
                        + "\" (expected: \"" + key + "\")",
                "Say external: true in the file to use it as it is.");
    }

    public static RefusedException externalMissing(String name) {
        return RefusedException.of(
                "network-not-found", "network " + name + " declared as external, but could not be found");
    }

    private static RefusedException withLocation(SourceLocation place, String sentence, String advice) {
        return RefusedException.of(CODE, printable(place + ": " + sentence), advice);
    }

    /// Text of a file must not control a terminal.
    private static String printable(String sentence) {
        return sentence.replaceAll("\\p{Cntrl}", "?");
    }

    private static String quote(String text) {
        return "\"" + (text.length() > MAX_QUOTE_LENGTH ? text.substring(0, MAX_QUOTE_LENGTH) + "…" : text) + "\"";
    }
}
