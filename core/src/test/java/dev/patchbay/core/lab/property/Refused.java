package dev.patchbay.core.lab.property;

/// The model says that a change is to be refused.
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
        super(why);
    }

    static void when(boolean condition, String why) throws Refused {
        if (condition) {
            throw new Refused(why);
        }
    }
}
