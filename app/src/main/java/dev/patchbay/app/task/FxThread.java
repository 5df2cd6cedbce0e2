package dev.patchbay.app.task;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The JavaFX application thread as an executor. All results of background work reach that thread
/// through here, so they arrive in the order in which they were delivered. View models take an
/// `Executor`, and tests give them one of their own.
public final class FxThread implements Executor {
    @Override
    public void execute(Runnable work) {
        Platform.runLater(work);
    }
}
