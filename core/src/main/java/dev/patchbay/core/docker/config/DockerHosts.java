package dev.patchbay.core.docker.config;

import dev.patchbay.core.docker.transport.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engines that can be reached from here.
///
/// *This machine*, `local`, is the engine that Docker's own client would use: `DOCKER_HOST`, otherwise
/// its current context, otherwise the default socket, otherwise Podman's. The list also has the
/// contexts, and Podman's socket if it is another one.
public final class DockerHosts {
    public static final String LOCAL = "local";
    private static final String DEFAULT_CONTEXT = "default";
    private static final String PODMAN = "podman";

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
        podman().filter(podman -> !podman.address().equals(local.address())
                        && hosts.stream().noneMatch(host -> host.name().equals(PODMAN)))
                .ifPresent(hosts::add);
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
        Path socket = run.resolve("docker.sock");
        return Files.exists(socket)
                ? at(socket, LOCAL, "default socket")
                : podman().map(host -> host.named(LOCAL)).orElseGet(() -> at(socket, LOCAL, "default socket"));
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

    /// The user's own socket before root's.
    private Optional<DockerHost> podman() {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        List<Path> places = new ArrayList<>();
        if (!runtime.isEmpty()) {
            places.add(Path.of(runtime, PODMAN, "podman.sock"));
        }
        places.add(run.resolve(PODMAN).resolve("podman.sock"));
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .map(socket ->
                        at(socket, PODMAN, socket.startsWith(run.resolve(PODMAN)) ? "Podman, root's" : "Podman"));
    }

    private static DockerHost at(Path socket, String name, String origin) {
        return DockerHost.of(name, "unix://" + socket, origin, null);
    }
}
