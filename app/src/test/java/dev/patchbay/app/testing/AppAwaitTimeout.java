package dev.patchbay.app.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Registered for every test class of this module: Awaitility's own limit of ten seconds is short on a machine that
/// runs several test JVMs, and a condition that never comes true fails as well after a longer one.
public final class AppAwaitTimeout implements BeforeAllCallback {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
