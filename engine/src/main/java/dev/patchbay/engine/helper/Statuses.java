package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.converge.Runs;
import dev.patchbay.engine.converge.Runs.News;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.protocol.SandboxStatus;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.Spec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down what became of each sandbox's command.
final class Statuses {
    private final Runs runs;
    private final Journal journal;

    Statuses(Runs runs, Journal journal) {
        this.runs = runs;
        this.journal = journal;
    }

    /// Records the starts and stops since it was last called.
    void follow() throws EngineException {
        for (News news : runs.news()) {
            switch (news) {
                case News.Started started -> started(started);
                case News.Stopped stopped -> ended(stopped.sandbox(), stopped.exitCode(), Instant.now());
            }
        }
    }

    /// As [#follow], after an action was taken back: a sandbox that did not run before and does not run now was never
    /// started, as far as anybody is told.
    void followUndone() throws EngineException {
        Map<Id, News> last = new LinkedHashMap<>();
        runs.news().forEach(news -> last.put(news.sandbox(), news));
        for (News news : last.values()) {
            switch (news) {
                case News.Started started -> started(started);
                case News.Stopped stopped -> {
                    if (showRunning(stopped.sandbox())) {
                        ended(stopped.sandbox(), stopped.exitCode(), Instant.now());
                    }
                }
            }
        }
    }

    private void started(News.Started news) throws EngineException {
        SandboxStatus known = find(news.sandbox());
        Instant finished = known == null ? null : known.finishedAt();
        record(new SandboxStatus(news.sandbox(), true, news.pid(), 0, news.at(), finished, ""));
    }

    boolean showRunning(Id sandbox) {
        return find(sandbox) instanceof SandboxStatus known && known.running();
    }

    void ended(Id sandbox, int exitCode, Instant at) throws EngineException {
        SandboxStatus known = find(sandbox);
        Instant started = known == null ? null : known.startedAt();
        record(new SandboxStatus(sandbox, false, 0, exitCode, started, at, ""));
    }

    private void record(SandboxStatus status) throws EngineException {
        if (journal.stored().specs().find(status.sandbox()) instanceof Spec) {
            journal.status(status);
        }
    }

    private @Nullable SandboxStatus find(Id sandbox) {
        return journal.stored().statuses().stream()
                .filter(status -> status.sandbox().equals(sandbox))
                .findFirst()
                .orElse(null);
    }
}
