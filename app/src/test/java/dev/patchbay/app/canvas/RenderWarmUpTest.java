package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

class RenderWarmUpTest {
    @BeforeAll
    static void startTheToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    /// Nobody waits for it in the program, so nobody would see it fail.
    @Test
    void itGoesToItsEnd() {
        assertThatCode(() -> RenderWarmUp.start().get(30, TimeUnit.SECONDS)).doesNotThrowAnyException();
    }
}
