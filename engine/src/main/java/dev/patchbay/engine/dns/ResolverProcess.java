package dev.patchbay.engine.dns;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.os.Programs;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A resolver that this helper started, and the pipe to it. It continues to answer after the helper has
/// ended.
final class ResolverProcess {
    private static final String STEP = "tell the resolver";
    private static final long MAX_LOG = 1 << 20;
    private static final int ANSWER_SECONDS = 10;

    private final Process process;
    private final ProcessIdentity identity;
    private final DataOutputStream changes;
    private final InputStream answers;

    private ResolverProcess(Process process, ProcessIdentity identity) {
        this.process = process;
        this.identity = identity;
        this.changes = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = process.getInputStream();
    }

    static ResolverProcess start(ResolverCommand command, Path log) throws EngineException {
        try {
            Process process = Programs.builder(command.commandLine())
                    .redirectError(log(log))
                    .start();
            ProcessIdentity identity = ProcessIdentity.of(process.pid())
                    .orElseThrow(() -> new EngineException("start the resolver", "it ended at once, see " + log));
            return new ResolverProcess(process, identity);
        } catch (IOException e) {
            throw EngineException.of("start the resolver", e);
        }
    }

    private static ProcessBuilder.Redirect log(Path log) {
        return log.toFile().length() > MAX_LOG
                ? ProcessBuilder.Redirect.to(log.toFile())
                : ProcessBuilder.Redirect.appendTo(log.toFile());
    }

    ProcessIdentity identity() {
        return identity;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void onExit(Runnable listener) {
        process.onExit().thenRun(listener);
    }

    /// Returns when the change is in force. A resolver that does not answer in time is killed, because
    /// its records are unknown then.
    void apply(DnsChange change) throws EngineException {
        CompletableFuture<Void> told = new CompletableFuture<>();
        Thread.ofVirtual().name("tell-resolver").start(() -> {
            try {
                DnsPipeFormat.write(change, changes);
                changes.flush();
                if (answers.read() != DnsPipeFormat.ACKNOWLEDGE) {
                    throw new IOException("it ended");
                }
                told.complete(null);
            } catch (IOException | RuntimeException e) {
                told.completeExceptionally(e);
            }
        });
        try {
            told.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw new EngineException(STEP, reason(e), e);
        }
    }

    private static String reason(CompletionException failure) {
        return switch (failure.getCause()) {
            case TimeoutException _ -> "it does not answer";
            case IOException e -> String.valueOf(e.getMessage());
            case null, default -> String.valueOf(failure.getMessage());
        };
    }
}
