package dev.patchbay.app.cli.command;

/// The command line is wrong, whatever the state of the host is.
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean withUsage;

    private UsageException(String sentence, boolean withUsage) {
        super(sentence);
        this.withUsage = withUsage;
    }

    public UsageException(String sentence) {
        this(sentence, false);
    }

    /// A wrong number of arguments: the usage line follows.
    static UsageException arguments(String sentence) {
        return new UsageException(sentence, true);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public boolean withUsage() {
        return withUsage;
    }
}
