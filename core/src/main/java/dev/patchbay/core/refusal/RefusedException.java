package dev.patchbay.core.refusal;

import dev.patchbay.engine.Refusal;
import java.io.Serial;

/// Says why a request is refused: it was wrong, or the host cannot do it. The host turns that of a change into a value.
public final class RefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        // A refusal is thrown for its value; where it was noticed is of no interest.
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
