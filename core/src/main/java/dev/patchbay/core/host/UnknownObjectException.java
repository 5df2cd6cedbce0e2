package dev.patchbay.core.host;

import dev.patchbay.engine.Refusal;
import java.io.Serial;

/// A name, id or prefix that stands for nothing, or for more than one thing.
public final class UnknownObjectException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public UnknownObjectException(Refusal refusal) {
        super(refusal.sentence());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
