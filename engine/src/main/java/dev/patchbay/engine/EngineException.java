package dev.patchbay.engine;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// The one checked failure of the engine: the step that failed, the kernel's errno when there is one,
/// and the cause.
///
/// It is logged once, where it is handled. A wrong request is never an exception but a
/// [dev.patchbay.engine.Refusal].
public final class EngineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /// What the failure says about the peer that was asked.
    public enum Kind {
        /// It has answered, or was not asked. Nothing changed.
        FAILED,
        /// It is connected but does not answer.
        NOT_RESPONDING,
        /// The connection to it is closed.
        DISCONNECTED,
        /// It accepts no more connections for now.
        REJECTED,
        /// As [#NOT_RESPONDING] or [#DISCONNECTED] during a change: it is unknown whether the change was
        /// made.
        OUTCOME_UNKNOWN
    }

    private final String step;
    private final String reason;
    private final int errno;
    private final Kind kind;

    private EngineException(String step, String message, int errno, Kind kind, @Nullable Throwable cause) {
        super(step + ": " + message, cause);
        this.step = step;
        this.reason = message;
        this.errno = errno;
        this.kind = kind;
    }

    public EngineException(String step, String message, int errno, @Nullable Throwable cause) {
        this(step, message, errno, Kind.FAILED, cause);
    }

    public EngineException(String step, String message, Kind kind, @Nullable Throwable cause) {
        this(step, message, 0, kind, cause);
    }

    public EngineException(String step, String message) {
        this(step, message, 0, null);
    }

    public EngineException(String step, String message, Throwable cause) {
        this(step, message, 0, cause);
    }

    /// A failure of reading or writing files.
    public static EngineException of(String step, IOException cause) {
        return new EngineException(step, reason(cause), cause);
    }

    /// A defect of the program, or a lack of memory: an exception that no method declares.
    public static EngineException unexpected(String step, Throwable cause) {
        return new EngineException(step, "internal error: " + cause, cause);
    }

    /// The cause of a file error for a person; the JDK's message for the most common causes is just the
    /// path.
    public static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> missing.getFile() + ": No such file or directory";
            case NotDirectoryException file -> file.getFile() + ": Not a directory";
            case FileAlreadyExistsException file -> file.getFile() + ": File exists";
            case AccessDeniedException denied -> denied.getFile() + ": Permission denied";
            default -> String.valueOf(cause.getMessage());
        };
    }

    /// The beginning of an untrusted text, as plain ASCII.
    public static String printable(CharSequence text, int limit) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(limit).forEach(c -> safe.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return safe.toString();
    }

    /// The step that failed, as `create bridge pb-78553fab25ef`.
    public String step() {
        return step;
    }

    /// The reason without the step.
    public String reason() {
        return reason;
    }

    /// Errno of Linux; 0 when the failure did not come from a system call.
    public int errno() {
        return errno;
    }

    public Kind kind() {
        return kind;
    }
}
