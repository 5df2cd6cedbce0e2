package dev.patchbay.app.cli.template;

/// A template with a syntax error, or one that does not fit the document; the sentence is Go's.
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    TemplateException(String sentence) {
        super(sentence);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
