package dev.patchbay.core.docker.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an engine is reached with over TLS: files in PEM, as Docker's own client keeps them.
///
/// @param ca certificates that the engine's has to be signed with; null for those that Java comes with
/// @param certificate of the person; null for none
/// @param key of that certificate; null for none
/// @param skipVerify whoever answers is taken for the engine, as `docker --tls` does
public record TlsFiles(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean skipVerify) {
    /// As Docker names them, in one directory.
    private static final String CA = "ca.pem";

    private static final String CERTIFICATE = "cert.pem";
    private static final String KEY = "key.pem";

    /// Of a context: it may have any of them.
    public static TlsFiles ofContext(Path directory, boolean anyServer) {
        return new TlsFiles(
                ifExists(directory.resolve(CA)),
                ifExists(directory.resolve(CERTIFICATE)),
                ifExists(directory.resolve(KEY)),
                anyServer);
    }

    /// Of `DOCKER_CERT_PATH`: without `ca.pem` there is nothing to tell the engine by.
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

    /// What is wrong with the files as far as can be seen without opening them; empty when nothing is.
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
