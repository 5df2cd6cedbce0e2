package dev.patchbay.core.docker.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The credentials that `docker login` or `podman login` has stored. Thread-safe.
///
/// Docker's client has them in `config.json`, or in a credential helper that this file names:
/// `credHelpers` for one registry, otherwise `credsStore` for all (package `cli/config/configfile` of
/// docker/cli). Podman's has them in `auth.json` (containers-auth.json(5)), otherwise where Docker's
/// are. docker-java's `DockerConfigFile` is not used: it supports no credential helper, and cannot read
/// any entry when one is damaged.
public final class RegistryCredentials {
    /// The key of Docker Hub in Docker's client.
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private static final String DOCKER_IO = "docker.io";
    private static final List<String> HUB_NAMES = List.of(DOCKER_IO, "index.docker.io", "registry-1.docker.io");
    private static final Pattern SCHEME = Pattern.compile("^https?://");
    private static final Pattern HUB = Pattern.compile("^(index\\.)?docker\\.io/");
    private static final Pattern TAG_AND_DIGEST = Pattern.compile("(:[^/:@]*)?(@.*)?$");
    private static final Duration HELPER_TIMEOUT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final boolean podman;

    /// @param environment of the person: the paths of the files, and the environment of credential
    ///     helpers
    /// @param podman whether the engine is Podman, whose users log in with Podman's client
    public RegistryCredentials(Map<String, String> environment, boolean podman) {
        this.environment = Map.copyOf(environment);
        this.podman = podman;
    }

    /// @param auth for the engine; null for none
    /// @param problem a sentence about credentials that could not be read; empty for none
    public record Credentials(@Nullable AuthConfig auth, String problem) {}

    /// The credentials for the registry of an image. Unreadable ones are a problem and no failure: as
    /// with the engines' own clients, a public image is pulled anyway.
    public Credentials of(String image) {
        String registry = registry(image);
        String problem = "";
        for (Path file : files()) {
            try {
                Optional<AuthConfig> found = credentials(file, read(file), registry, image);
                if (found.isPresent()) {
                    return new Credentials(found.get().withRegistryAddress(registry), "");
                }
            } catch (CredentialsException e) {
                problem = problem.isEmpty()
                        ? "No credentials were sent to " + host(registry) + ": " + e.getMessage() + "."
                        : problem;
            }
        }
        return new Credentials(null, problem);
    }

    /// As both clients find it (`ParseNormalizedNamed` of distribution/reference): the part before the
    /// first slash is a registry when it has a dot, a colon or a capital letter, or is `localhost`.
    private String registry(String image) {
        String first = image.substring(0, Math.max(0, image.indexOf('/')));
        boolean isRegistry = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        if (isRegistry && !first.equals(DOCKER_IO) && !first.equals("index.docker.io")) {
            return first;
        }
        return podman ? DOCKER_IO : DOCKER_HUB;
    }

    /// For a person.
    private static String host(String registry) {
        return registry.equals(DOCKER_HUB) ? DOCKER_IO : registry;
    }

    /// The first file with credentials for a registry counts.
    private List<Path> files() {
        String home = variable("HOME", "/");
        Path docker = Path.of(variable("DOCKER_CONFIG", home + "/.docker"), "config.json");
        if (!podman) {
            return List.of(docker);
        }
        String chosen = variable("REGISTRY_AUTH_FILE", "");
        if (!chosen.isEmpty()) {
            return List.of(Path.of(chosen));
        }
        List<Path> files = new ArrayList<>();
        String runtime = variable("XDG_RUNTIME_DIR", "");
        files.add(
                runtime.isEmpty()
                        ? Path.of("/run/containers", uid(), "auth.json")
                        : Path.of(runtime, "containers", "auth.json"));
        files.add(Path.of(variable("XDG_CONFIG_HOME", home + "/.config"), "containers", "auth.json"));
        files.add(docker);
        return files;
    }

    private static String uid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As in both clients, an empty variable counts as unset.
    private String variable(String name, String other) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? other : value;
    }

    private static JsonNode read(Path file) throws CredentialsException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException | NotDirectoryException notThere) {
            return JSON.missingNode();
        } catch (JsonProcessingException damaged) {
            // The message of the cause may quote the file.
            throw new CredentialsException(
                    file + " is not valid JSON (line " + damaged.getLocation().getLineNr() + ")");
        } catch (IOException e) {
            throw new CredentialsException(EngineException.reason(e));
        }
    }

    private Optional<AuthConfig> credentials(Path file, JsonNode config, String registry, String image)
            throws CredentialsException {
        // An empty entry means the file itself.
        JsonNode own = config.path("credHelpers").path(registry);
        String helper = (own.isMissingNode() ? config.path("credsStore") : own).asText("");
        return helper.isEmpty()
                ? credentials(file, authEntry(config.path("auths"), registry, image))
                : new CredentialHelper(helper, environment, HELPER_TIMEOUT).get(registry);
    }

    /// The entry of `auths` with this key, otherwise one with a URL of the same registry, as older
    /// clients wrote. A key of Podman may include a part of the image's name, as `quay.example/team`:
    /// the longest match counts.
    private JsonNode authEntry(JsonNode auths, String registry, String image) {
        if (podman) {
            for (String key = repository(registry, image);
                    key.contains("/");
                    key = key.substring(0, key.lastIndexOf('/'))) {
                if (auths.has(key)) {
                    return auths.path(key);
                }
            }
        }
        if (auths.has(registry)) {
            return auths.path(registry);
        }
        return auths.properties().stream()
                .filter(entry -> isOf(registry, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(JSON::missingNode);
    }

    /// As `docker.io/library/httpd`, without tag and digest.
    private static String repository(String registry, String image) {
        String name = TAG_AND_DIGEST.matcher(image).replaceFirst("");
        if (!registry.equals(DOCKER_IO)) {
            return name;
        }
        String path = HUB.matcher(name).replaceFirst("");
        return DOCKER_IO + "/" + (path.contains("/") ? path : "library/" + path);
    }

    /// Docker's client compares only the host of the key. For Podman a key without a scheme is no URL,
    /// and all names of Docker Hub are equal.
    private boolean isOf(String registry, String key) {
        String bare = SCHEME.matcher(key).replaceFirst("");
        if (podman && bare.equals(key)) {
            return HUB_NAMES.contains(key) && registry.equals(DOCKER_IO);
        }
        String host = bare.contains("/") ? bare.substring(0, bare.indexOf('/')) : bare;
        return host.equals(registry) || (podman && HUB_NAMES.contains(host) && registry.equals(DOCKER_IO));
    }

    /// Empty for an entry without credentials.
    private static Optional<AuthConfig> credentials(Path file, JsonNode entry) throws CredentialsException {
        AuthConfig auth = new AuthConfig()
                .withUsername(text(entry, "username"))
                .withPassword(text(entry, "password"))
                .withIdentityToken(text(entry, "identitytoken"))
                .withRegistrytoken(text(entry, "registrytoken"));
        String encoded = entry.path("auth").asText("");
        if (!encoded.isEmpty()) {
            String pair = decoded(encoded);
            int colon = pair.indexOf(':');
            if (colon <= 0) {
                throw new CredentialsException("its entry in " + file + " is damaged; log in again");
            }
            auth.withUsername(pair.substring(0, colon)).withPassword(pair.substring(colon + 1));
        }
        return auth.equals(new AuthConfig()) ? Optional.empty() : Optional.of(auth);
    }

    private static @Nullable String text(JsonNode entry, String field) {
        String text = entry.path(field).textValue();
        return "".equals(text) ? null : text;
    }

    /// Old clients padded the password with zeros; empty when it is not Base64.
    private static String decoded(String auth) {
        try {
            return new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8).replace("\0", "");
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
