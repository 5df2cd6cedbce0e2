package dev.patchbay.app.differential;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The engine that a test class runs on: Docker 20.10 where this is not said.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnEngine {
    EngineVersion value();
}
