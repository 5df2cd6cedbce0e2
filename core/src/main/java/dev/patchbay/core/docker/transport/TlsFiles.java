package dev.patchbay.core.docker.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The PEM files for TLS to an engine, as Docker's own client uses them.
///
/// @param ca certificates that must have signed the engine's; null for Java's default
/// @param certificate of the person; null for none
/// @param key of that certificate; null for none
/// @param skipVerify whether any certificate of the engine is accepted, as with `docker --tls`
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean skipVerify) {
    /// Docker's file names in a directory.
    private static final String CA = "ca.pem";

    private static final String CERTIFICATE = "cert.pem";
    private static final String KEY = "key.pem";

    /// The files of a context, which may have any of them.
    public static TlsFiles ofContext(Path directory, boolean anyServer) {
        return new TlsFiles(
                ifExists(directory.resolve(CA)),
                ifExists(directory.resolve(CERTIFICATE)),
                ifExists(directory.resolve(KEY)),
                anyServer);
    }

    /// The files of `DOCKER_CERT_PATH`; without `ca.pem` the engine cannot be verified.
    public static TlsFiles ofDirectory(Path directory, boolean anyServer) {
        return new TlsFiles(
                anyServer ? null : directory.resolve(CA),
                ifExists(directory.resolve(CERTIFICATE)),
                ifExists(directory.resolve(KEY)),
                anyServer);
    }

    private static @Nullable Path ifExists(Path file) {
        return Files.exists(file) ? file : null;
    }

    /// The problem of the files, found without opening them; empty for none.
    public String problem() {
        Optional<Path> unreadable = Stream.of(ca, certificate, key)
                .flatMap(Stream::ofNullable)
                .filter(file -> !Files.isReadable(file))
                .findFirst();
        if (unreadable.isPresent()) {
            return Files.exists(unreadable.get())
                    ? "permission denied on " + unreadable.get() + ", which the engine is reached with over TLS"
                    : "there is no " + unreadable.get()
                            + ", which the engine is known by over TLS: DOCKER_CERT_PATH says where it is";
        }
        if (certificate != null && key == null) {
            return "there is " + certificate + ", and no " + KEY + " beside it";
        }
        return certificate == null && key != null ? "there is " + key + ", and no " + CERTIFICATE + " beside it" : "";
    }
}
