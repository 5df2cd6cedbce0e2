package dev.patchbay.core.docker.config;

import dev.patchbay.core.docker.transport.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The engines that can be reached from here.
///
/// *This machine*, `local`, is the engine that Docker's own client would use: `DOCKER_HOST`, otherwise
/// its current context, otherwise the default socket, otherwise the socket of the user's rootless Docker, otherwise
/// Podman's. The list also has the contexts, and the sockets of rootless Docker and of Podman if they are others.
public final class DockerHosts {
    public static final String LOCAL = "local";
    private static final String DEFAULT_CONTEXT = "default";
    private static final String PODMAN = "podman";
    private static final String ROOTLESS = "rootless";
    private static final String DOCKER_SOCKET = "docker.sock";

    private final Map<String, String> environment;
    private final DockerContexts contexts;
    private final Path run;

    public DockerHosts(Map<String, String> environment) {
        this(environment, Path.of("/run"));
    }

    /// @param run directory of sockets, `/run`
    DockerHosts(Map<String, String> environment, Path run) {
        this.environment = Map.copyOf(environment);
        String home = environment.getOrDefault("HOME", "/");
        this.contexts = new DockerContexts(Path.of(environment.getOrDefault(
                "DOCKER_CONFIG", Path.of(home, ".docker").toString())));
        this.run = run;
    }

    /// `local` first, then the others; each name once.
    public List<DockerHost> all() {
        List<DockerHost> known = contexts.all();
        DockerHost local = local(known);
        List<DockerHost> hosts = new ArrayList<>(List.of(local));
        known.stream().filter(host -> !host.name().equals(LOCAL)).forEach(hosts::add);
        Stream.concat(rootlessDocker().stream(), podman().stream())
                .filter(found -> !found.address().equals(local.address())
                        && hosts.stream().noneMatch(host -> host.name().equals(found.name())))
                .forEach(hosts::add);
        return List.copyOf(hosts);
    }

    public Optional<DockerHost> named(String name) {
        return all().stream().filter(host -> host.name().equals(name)).findFirst();
    }

    private DockerHost local(List<DockerHost> known) {
        String given = environment.getOrDefault("DOCKER_HOST", "");
        if (!given.isEmpty()) {
            return DockerHost.of(LOCAL, given, "DOCKER_HOST", tls());
        }
        String chosen = environment.getOrDefault("DOCKER_CONTEXT", contexts.current());
        if (!chosen.isEmpty() && !chosen.equals(DEFAULT_CONTEXT)) {
            return known.stream()
                    .filter(host -> host.name().equals(chosen))
                    .findFirst()
                    .map(host -> new DockerHost(
                            LOCAL, host.address(), "Docker context " + chosen, host.problem(), host.tls()))
                    .orElseGet(() -> new DockerHost(
                            LOCAL, "", "Docker context " + chosen, "there is no Docker context `" + chosen + "`"));
        }
        Path socket = run.resolve(DOCKER_SOCKET);
        return Files.exists(socket)
                ? at(socket, LOCAL, "default socket")
                : rootlessDocker()
                        .or(this::podman)
                        .map(host -> host.named(LOCAL))
                        .orElseGet(() -> at(socket, LOCAL, "default socket"));
    }

    /// The files for TLS by the environment; null for none. Any non-empty value counts as true.
    private @Nullable TlsFiles tls() {
        boolean known = isSet("DOCKER_TLS_VERIFY");
        if (!known && !isSet("DOCKER_TLS")) {
            return null;
        }
        String place = environment.getOrDefault("DOCKER_CERT_PATH", "");
        return TlsFiles.ofDirectory(place.isEmpty() ? contexts.directory() : Path.of(place), !known);
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /// Where `dockerd-rootless.sh` listens by default. Its setup tool makes a context of this name.
    private Optional<DockerHost> rootlessDocker() {
        return runtime()
                .map(runtime -> runtime.resolve(DOCKER_SOCKET))
                .filter(Files::exists)
                .map(socket -> at(socket, ROOTLESS, "Docker, rootless"));
    }

    private Optional<Path> runtime() {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.isEmpty() ? Optional.empty() : Optional.of(Path.of(runtime));
    }

    /// The user's own socket before root's.
    private Optional<DockerHost> podman() {
        List<Path> places = new ArrayList<>();
        runtime().ifPresent(runtime -> places.add(runtime.resolve(PODMAN).resolve("podman.sock")));
        places.add(run.resolve(PODMAN).resolve("podman.sock"));
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .map(socket -> at(
                        socket,
                        PODMAN,
                        socket.startsWith(run.resolve(PODMAN)) ? "Podman, root's" : "Podman, rootless"));
    }

    private static DockerHost at(Path socket, String name, String origin) {
        return DockerHost.of(name, "unix://" + socket, origin, null);
    }
}
