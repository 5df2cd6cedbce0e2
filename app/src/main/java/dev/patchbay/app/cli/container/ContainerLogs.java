package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.app.cli.verb.Verb;
import dev.patchbay.core.UnknownObject;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `logs`: what the command wrote, both streams, as far as it is kept.
@Command(
        name = "logs",
        description = "Fetch the logs of a container",
        customSynopsis = "patchbay logs [OPTIONS] CONTAINER")
public final class ContainerLogs extends Verb {
    private static final long PAUSE_MILLIS = 200;
    private static final long TAIL_BYTES = Reply.Output.MOST;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow log output")
    boolean follow;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "LINES",
            description = "Number of lines to show from the end of the logs (default \"all\")")
    String tail = "all";

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public ContainerLogs(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.exactly(1, arguments);
        String container = arguments.getFirst();
        long end = 0;
        try {
            end = tail.matches("[0-9]+") ? printTail(container, Integer.parseInt(tail)) : printFrom(container, 0);
            while (follow) {
                boolean runs =
                        host().inspectContainer(container).at("/State/Running").asBoolean();
                end = printFrom(container, end);
                if (!runs) {
                    return ExitCode.DONE;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return ExitCode.DONE;
        } catch (UnknownObject e) {
            // One that was followed and is gone with its log has said all it had.
            if (end > 0) {
                return ExitCode.DONE;
            }
            throw new RefusedException("Error: ", e.refusal());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
    }

    private long printFrom(String container, long from) throws EngineException, UnknownObject {
        long end = from;
        while (true) {
            Reply.Output part = host().log(container, end);
            byte[] bytes = Base64.getDecoder().decode(part.base64());
            if (bytes.length == 0) {
                return end;
            }
            write(bytes, 0);
            end = part.end();
        }
    }

    private long printTail(String container, int lines) throws EngineException, UnknownObject {
        Reply.Output part = host().log(container, -TAIL_BYTES);
        byte[] bytes = Base64.getDecoder().decode(part.base64());
        int start = bytes.length;
        int left = lines;
        // The last line end belongs to the last line.
        while (start > 0 && (start == bytes.length || bytes[start - 1] != '\n' || --left > 0)) {
            start--;
        }
        write(bytes, lines == 0 ? bytes.length : start);
        return part.end();
    }

    private void write(byte[] bytes, int from) {
        session.out().print(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        session.out().flush();
    }
}
