package dev.patchbay.core.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.command.CreateNetworkCmdImpl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What docker-java's types lose, so that it is sent and read as JSON instead (decision 0012). One that loses nothing
/// any more fails here, and may be used.
class DockerJavaTypesTest {
    private static final ObjectMapper JSON = DockerClientConfig.getDefaultObjectMapper();

    @Test
    void aDocumentIsKeptAsTheEngineWroteIt() throws Exception {
        String document =
                "{\"Name\":\"/web\",\"Id\":\"0a\",\"Created\":\"2026-12-01T10:00:00.123456789Z\",\"Future\":{\"a\":1},"
                        + "\"HostConfig\":{\"Memory\":0,\"Future\":2.50}}";
        try (FakeEngine server = new FakeEngine();
                DockerEngine engine = server.connect()) {
            server.answer("/containers/web/json", FakeEngine.json(200, document));
            assertThat(engine.get("/containers/web/json")).hasToString(document);
        }
        Object typed = JSON.readValue(document, InspectContainerResponse.class);
        assertThat(JSON.writeValueAsString(typed)).isNotEqualTo(document).doesNotContain("2.50");
    }

    @Test
    void keysOfRequestsAreMissing() {
        assertThat(keys(new ContainerNetwork())).contains("Aliases").doesNotContain("GwPriority", "DriverOpts");
        assertThat(keys(new CreateNetworkCmdImpl(_ -> null)))
                .contains("Internal")
                .doesNotContain("ConfigOnly", "ConfigFrom", "Scope");
        assertThat(keys(new Network.Ipam.Config())).contains("Gateway").doesNotContain("AuxiliaryAddresses");
    }

    private static List<String> keys(Object request) {
        List<String> keys = new ArrayList<>();
        JSON.valueToTree(request).fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
