package dev.patchbay.app.cli.verb;

import dev.patchbay.core.NetworkController;
import dev.patchbay.engine.EngineException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// A command. [#call] returns an [ExitCode], or throws one of [UsageException], [RefusedException] and
/// [EngineException], which the command line turns into a sentence and an exit code.
public abstract class Verb implements Callable<Integer> {
    protected final Session session;

    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    protected Verb(Session session) {
        this.session = session;
    }

    @Override
    public abstract Integer call() throws EngineException, RefusedException, UsageException;

    protected NetworkController host() throws EngineException {
        return session.host();
    }

    protected void print(String line) {
        session.out().println(line);
    }
}
