package dev.patchbay.engine;

/// Why a request was refused. Nothing has changed.
///
/// @param code stable, for programs: `name-taken`, `stale-revision`
/// @param sentence what is wrong, in Docker's words where Docker has words for it
/// @param advice what would be right; empty when the sentence says it
public record Refusal(String code, String sentence, String advice) {
    public static final String STALE_REVISION = "stale-revision";
    /// Root has not been asked for, and could be.
    public static final String ROOT_NEEDED = "root-needed";

    /// The records would name something twice, or what is not there.
    public static final String INCONSISTENT = "inconsistent";

    public static final String UNKNOWN_POSITION = "unknown-position";
    /// What was sent is no frame of the protocol, or longer than there is room for.
    public static final String NOT_A_REQUEST = "not-a-request";

    public static final String TOO_MANY_CONNECTIONS = "too-many-connections";

    public static Refusal of(String code, String sentence) {
        return new Refusal(code, sentence, "");
    }
}
