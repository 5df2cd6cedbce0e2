package dev.patchbay.core.filter;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a filter says of a name or an id: the text itself, or a regular expression for some part of it.
final class NamePattern {
    /// `Pattern` reads nested groups by recursion, so that a long one could end the thread.
    private static final int MAX_LENGTH = 1000;

    private NamePattern() {}

    /// What is no pattern matches nothing, as in Docker.
    static boolean matches(String value, String text) {
        try {
            return value.equals(text)
                    || (value.length() <= MAX_LENGTH
                            && Pattern.compile(value).matcher(text).find());
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
