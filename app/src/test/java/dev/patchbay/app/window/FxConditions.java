package dev.patchbay.app.window;

import java.util.concurrent.Callable;
import org.testfx.util.WaitForAsyncUtils;

/// Conditions that a test waits for and that look at nodes: another thread may meet a list of children that changes.
final class FxConditions {
    private static final int LIMIT_MILLIS = 60_000;

    private FxConditions() {}

    static Callable<Boolean> onFxThread(Callable<Boolean> condition) {
        return () -> WaitForAsyncUtils.waitForAsyncFx(LIMIT_MILLIS, condition);
    }
}
