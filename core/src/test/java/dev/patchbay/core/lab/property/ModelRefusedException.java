package dev.patchbay.core.lab.property;

/// The model says that a change is to be refused.
final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    ModelRefusedException(String why) {
        super(why);
    }

    static void when(boolean condition, String why) throws ModelRefusedException {
        if (condition) {
            throw new ModelRefusedException(why);
        }
    }
}
