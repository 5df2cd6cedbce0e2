package dev.patchbay.app.window;

import dev.patchbay.app.differential.EngineVersion;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The engine that the window of a test class is over.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnEngine {
    EngineVersion value();
}
