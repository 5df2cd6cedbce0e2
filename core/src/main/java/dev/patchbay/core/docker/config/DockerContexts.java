package dev.patchbay.core.docker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.docker.transport.TlsFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The contexts of Docker's own client, in its configuration directory.
record DockerContexts(Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Name of the context that the client uses; empty for none.
    String current() {
        return read(directory.resolve("config.json")).path("currentContext").asText("");
    }

    /// By name. Directories of other programs are skipped.
    List<DockerHost> all() {
        List<DockerHost> hosts = new ArrayList<>();
        try (DirectoryStream<Path> contexts =
                Files.newDirectoryStream(directory.resolve("contexts").resolve("meta"))) {
            for (Path context : contexts) {
                JsonNode meta = read(context.resolve("meta.json"));
                String name = meta.path("Name").asText("");
                String address = meta.at("/Endpoints/docker/Host").asText("");
                if (!name.isEmpty() && !address.isEmpty()) {
                    boolean anyServer =
                            meta.at("/Endpoints/docker/SkipTLSVerify").asBoolean();
                    hosts.add(DockerHost.of(name, address, "Docker context", tls(context, anyServer)));
                }
            }
        } catch (IOException noContexts) {
            return List.of();
        }
        hosts.sort(Comparator.comparing(DockerHost::name));
        return hosts;
    }

    /// The client has copied the files that the context was created with.
    private @Nullable TlsFiles tls(Path context, boolean anyServer) {
        Path files = directory
                .resolve("contexts")
                .resolve("tls")
                .resolve(context.getFileName().toString())
                .resolve("docker");
        return anyServer || Files.isDirectory(files) ? TlsFiles.ofContext(files, anyServer) : null;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            // A missing or damaged file counts as empty.
            return JSON.missingNode();
        }
    }
}
