package dev.patchbay.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.EngineException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundTasksTest {
    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, IllegalStateException.class})
    void whateverACallEndsWithIsToldToWhoeverWaitsForIt(Class<? extends Throwable> kind) throws Exception {
        CompletableFuture<EngineException> failed = new CompletableFuture<>();
        try (var delivery = Executors.newSingleThreadExecutor();
                BackgroundTasks tasks = new BackgroundTasks(delivery)) {
            tasks.run(() -> fail(kind), failed::obtrudeValue, failed::complete);
            assertThat(failed.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(kind);
        }
    }

    private static EngineException fail(Class<? extends Throwable> kind) {
        switch (kind.getSimpleName()) {
            case "OutOfMemoryError" -> throw new OutOfMemoryError("Java heap space");
            case "StackOverflowError" -> throw new StackOverflowError();
            default -> throw new IllegalStateException("a defect");
        }
    }
}
