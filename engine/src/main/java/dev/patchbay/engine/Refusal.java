package dev.patchbay.engine;

/// The reason why a request was refused. Nothing has changed.
///
/// @param code stable, for programs: `name-taken`, `stale-revision`
/// @param sentence what is wrong, in Docker's words if Docker has them
/// @param advice what would be right; empty when the sentence says it
public record Refusal(String code, String sentence, String advice) {
    public static final String STALE_REVISION = "stale-revision";
    /// Root is needed and was not asked for.
    public static final String ROOT_NEEDED = "root-needed";

    /// The records would contain a duplicate, or a reference to a missing object.
    public static final String INCONSISTENT = "inconsistent";

    public static final String UNKNOWN_POSITION = "unknown-position";
    /// The bytes are no frame of the protocol, or too long.
    public static final String NOT_A_REQUEST = "not-a-request";

    public static final String TOO_MANY_CONNECTIONS = "too-many-connections";

    public static Refusal of(String code, String sentence) {
        return new Refusal(code, sentence, "");
    }
}
