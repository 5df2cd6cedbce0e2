package dev.patchbay.app.cli;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ControllerOpener;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// What a typed command wrote and how it ended.
record CliResult(int exitCode, String out, String err) {

    static CliResult run(Map<String, String> environment, Clock clock, ControllerOpener opener, String... words) {
        return runWithInput("", environment, clock, opener, words);
    }

    /// A command whose questions were answered.
    static CliResult runWithInput(
            String answer, Map<String, String> environment, Clock clock, ControllerOpener opener, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Cli.run(
                new CliSession(
                        new StringReader(answer),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        clock,
                        environment,
                        opener,
                        false),
                words);
        return new CliResult(code, out.toString(), err.toString());
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    /// The first line on stderr; empty when there is none.
    String firstErrorLine() {
        return err.lines().findFirst().orElse("");
    }
}
