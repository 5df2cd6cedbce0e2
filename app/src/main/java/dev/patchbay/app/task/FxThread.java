package dev.patchbay.app.task;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The JavaFX application thread as an executor: the one way there for work done elsewhere, so that results arrive in
/// the order they were handed over. View models take an `Executor`, and tests give them one of their own.
public final class FxThread implements Executor {
    @Override
    public void execute(Runnable work) {
        Platform.runLater(work);
    }
}
