package dev.patchbay.core.docker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A program `docker-credential-NAME` of the person, used with the protocol of
/// docker/docker-credential-helpers: the argument `get`, the registry on its standard input, and a JSON
/// document on its standard output.
///
/// @param name as `pass`
/// @param environment of the person, whose `PATH` is searched
/// @param timeout includes the time for asking the person for a passphrase
record CredentialHelper(String name, Map<String, String> environment, Duration timeout) {
    /// The message on its standard output, with a failure, when there are no credentials for the
    /// registry.
    private static final String NOT_FOUND = "credentials not found in native keychain";

    /// The user name of a secret that is a token.
    private static final String TOKEN = "<token>";

    private static final int MOST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty when there are no credentials for the registry.
    ///
    /// @param registry the key under which `docker login` stores it
    Optional<AuthConfig> get(String registry) throws CredentialsException {
        Process process = start();
        try {
            FutureTask<byte[]> output =
                    new FutureTask<>(() -> process.getInputStream().readNBytes(MOST_BYTES));
            Thread.ofPlatform().daemon().name(program()).start(output);
            write(process, registry);
            String text = new String(output.get(timeout.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8);
            if (!process.waitFor(timeout)) {
                throw new TimeoutException();
            }
            if (process.exitValue() == 0) {
                return credentials(JSON.readTree(text));
            }
            if (text.strip().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            throw new CredentialsException(program() + " failed with exit status " + process.exitValue());
        } catch (IOException notJson) {
            throw new CredentialsException(program() + " did not answer in JSON");
        } catch (ExecutionException e) {
            throw new CredentialsException(program() + " could not be read");
        } catch (TimeoutException e) {
            throw new CredentialsException(program() + " did not answer within " + timeout.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException(program() + " was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Optional<AuthConfig> credentials(JsonNode answer) {
        String user = answer.path("Username").asText("");
        String secret = answer.path("Secret").asText("");
        if (user.equals(TOKEN)) {
            return Optional.of(new AuthConfig().withIdentityToken(secret));
        }
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of(new AuthConfig().withUsername(user).withPassword(secret));
    }

    private Process start() throws CredentialsException {
        try {
            Path program = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                    .filter(directory -> !directory.isEmpty())
                    .map(directory -> Path.of(directory, program()))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() ->
                            new CredentialsException(program() + ", which the configuration names, is not installed"));
            ProcessBuilder builder =
                    new ProcessBuilder(program.toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException | InvalidPathException e) {
            throw new CredentialsException(program() + " could not be started");
        }
    }

    /// A helper with one secret for all registries ends without reading.
    private static void write(Process process, String registry) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(registry.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // Only its answer matters.
        }
    }

    private String program() {
        return "docker-credential-" + name;
    }
}
