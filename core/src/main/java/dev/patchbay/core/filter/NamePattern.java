package dev.patchbay.core.filter;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A filter for a name or id: the text itself, or a regular expression for a part of it.
final class NamePattern {
    /// `Pattern` parses nested groups recursively, and a long one could overflow the stack.
    private static final int MAX_LENGTH = 1000;

    private NamePattern() {}

    /// As in Docker, an invalid pattern matches nothing.
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
