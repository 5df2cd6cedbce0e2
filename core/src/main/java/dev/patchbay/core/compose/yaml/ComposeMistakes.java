package dev.patchbay.core.compose.yaml;

import dev.patchbay.core.refusal.Mistake;
import java.util.List;

/// Mistakes in a Compose file, each with its place.
public final class ComposeMistakes {
    private static final String CODE = "compose-file";
    private static final int LONGEST_QUOTE = 60;

    private ComposeMistakes() {}

    public static Mistake unreadable(String file, String reason) {
        return Mistake.of(CODE, plain("cannot read " + file + ": " + reason));
    }

    public static Mistake projectName(Place place, String name) {
        return at(
                place,
                "invalid project name " + quote(name) + ": it must consist only of lowercase alphanumeric characters, "
                        + "hyphens, and underscores as well as start with a letter or number",
                "Name the project with -p NAME, or with name: in the file.");
    }

    public static Mistake notYaml(Place place, String problem) {
        return at(place, "this is no YAML: " + problem, "");
    }

    public static Mistake noMapping(Place place) {
        return at(place, "this is no Compose file", "It has keys like services: and networks: at its beginning.");
    }

    public static Mistake tooLong(Place place) {
        return at(place, "the file is longer than a megabyte", "Split it into several projects.");
    }

    public static Mistake tooDeep(Place place) {
        return at(place, "the file is nested too deeply", "");
    }

    public static Mistake expandsTooFar(Place place) {
        return at(place, "aliases make far too much of this file", "Use fewer aliases of aliases.");
    }

    public static Mistake secondDocument(Place place) {
        return at(place, "a second document begins here", "A Compose file is one document.");
    }

    public static Mistake tag(Place place, String tag) {
        return at(place, "the tag " + quote(tag) + " means nothing here", "Leave it out.");
    }

    public static Mistake keyIsNoText(Place place) {
        return at(place, "a key is a word", "");
    }

    public static Mistake twice(Place place) {
        return at(place, place.path() + " is given twice", "");
    }

    public static Mistake mergesNoMapping(Place place) {
        return at(place, "<< takes a mapping, or a list of them", "");
    }

    public static Mistake badVariable(Place place, String text) {
        return at(place, "invalid interpolation format: " + quote(text), "Write $$ for a dollar sign.");
    }

    public static Mistake required(Place place, String variable, String message) {
        return at(
                place,
                "required variable " + variable + " is missing a value" + (message.isEmpty() ? "" : ": " + message),
                "");
    }

    public static Mistake unknownKey(Place place, List<String> similar) {
        return at(
                place,
                place.path() + " is not a key of a Compose file",
                similar.isEmpty()
                        ? "A key of your own begins with x-."
                        : "Did you mean " + String.join(" or ", similar) + "?");
    }

    public static Mistake notSupported(Place place, String advice) {
        return at(place, place.path() + " is not supported by Patchbay", advice);
    }

    /// @param expected as `a list`
    public static Mistake wrongType(Place place, String expected) {
        return at(place, place.path() + " must be " + expected, "");
    }

    public static Mistake invalid(Place place, String sentence) {
        return at(place, place.path() + ": " + sentence, "");
    }

    /// A network of this name is there and is somebody else's.
    public static Mistake foreignNetwork(String name, String key, String label) {
        return Mistake.of(
                "foreign-network",
                "a network with name " + name + " exists but was not made for this project: network " + name
                        + " was found but has incorrect label com.docker.compose.network set to \"" + label
                        + "\" (expected: \"" + key + "\")",
                "Say external: true in the file to use it as it is.");
    }

    public static Mistake externalMissing(String name) {
        return Mistake.of("network-not-found", "network " + name + " declared as external, but could not be found");
    }

    private static Mistake at(Place place, String sentence, String advice) {
        return Mistake.of(CODE, plain(place + ": " + sentence), advice);
    }

    /// What a file says must not reach a terminal as anything but text.
    private static String plain(String sentence) {
        return sentence.replaceAll("\\p{Cntrl}", "?");
    }

    private static String quote(String text) {
        return "\"" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text) + "\"";
    }
}
