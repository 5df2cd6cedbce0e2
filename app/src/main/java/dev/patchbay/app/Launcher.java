package dev.patchbay.app;

import dev.patchbay.core.Version;

/** Where the application starts. It is no JavaFX Application, so that JavaFX may come from the class path. */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        System.out.println("Patchbay " + Version.current());
    }
}
