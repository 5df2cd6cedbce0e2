package dev.patchbay.core.refusal;

import dev.patchbay.engine.Refusal;
import java.io.Serial;

/// The refusal of a request: it was wrong, or the host cannot do it. The host converts the refusal of a
/// change to a value.
public final class RefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        // Without a stack trace: a refusal is thrown for its value.
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    public static RefusedException of(String code, String sentence) {
        return new RefusedException(Refusal.of(code, sentence));
    }

    public static RefusedException of(String code, String sentence, String advice) {
        return new RefusedException(new Refusal(code, sentence, advice));
    }

    public Refusal refusal() {
        return refusal;
    }
}
