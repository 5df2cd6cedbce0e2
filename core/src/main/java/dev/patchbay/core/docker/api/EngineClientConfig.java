package dev.patchbay.core.docker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import com.github.dockerjava.transport.DockerHttpClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The configuration for docker-java's commands: the negotiated version. The connection exists already,
/// and credentials are passed to each command. docker-java's own configuration would read files and
/// properties.
final class EngineClientConfig implements DockerClientConfig {
    private final String address;
    private final RemoteApiVersion version;
    static final ObjectMapper JSON =
            DockerClientConfig.getDefaultObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private EngineClientConfig(String address, ApiVersion version) {
        this.address = address;
        this.version = RemoteApiVersion.create(version.major(), version.minor());
    }

    static DockerClient newClient(String address, ApiVersion version, DockerHttpClient transport) {
        return DockerClientImpl.getInstance(new EngineClientConfig(address, version), transport);
    }

    @Override
    public URI getDockerHost() {
        return URI.create(address);
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return version;
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return JSON;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String image) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    @Override
    @SuppressWarnings("deprecation")
    public @Nullable SSLConfig getSSLConfig() {
        return null;
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public @Nullable String getRegistryUrl() {
        return null;
    }
}
