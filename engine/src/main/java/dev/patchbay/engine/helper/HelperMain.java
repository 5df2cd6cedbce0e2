package dev.patchbay.engine.helper;

/** Where the helper process starts. */
public final class HelperMain {
    private HelperMain() {}

    public static void main(String[] args) {
        System.err.println("The helper is started by Patchbay, not by hand.");
        System.exit(2);
    }
}
