package dev.patchbay.app.cli;

import dev.patchbay.app.cli.command.HostOpener;
import dev.patchbay.app.cli.command.Session;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// What a typed command wrote and how it ended.
record Typed(int exitCode, String out, String err) {

    static Typed in(Map<String, String> environment, Clock clock, HostOpener opener, String... words) {
        return answered("", environment, clock, opener, words);
    }

    /// A command whose questions were answered.
    static Typed answered(
            String answer, Map<String, String> environment, Clock clock, HostOpener opener, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Cli.run(
                new Session(
                        new StringReader(answer),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        clock,
                        environment,
                        opener,
                        false),
                words);
        return new Typed(code, out.toString(), err.toString());
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    /// The first line on stderr; empty when there is none.
    String complaint() {
        return err.lines().findFirst().orElse("");
    }
}
