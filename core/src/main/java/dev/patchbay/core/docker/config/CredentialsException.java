package dev.patchbay.core.docker.config;

import java.io.Serial;

/// Why credentials could not be read, as one clause. It has no cause and contains nothing of the text,
/// which may have a secret.
final class CredentialsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    CredentialsException(String clause) {
        super(clause);
    }
}
