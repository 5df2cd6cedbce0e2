package dev.patchbay.core;

/** The version of this build, as the POM states it. */
public final class Version {
    private Version() {}

    public static String current() {
        return dev.patchbay.engine.Version.current();
    }
}
