package dev.patchbay.core.benchmark;

import dev.patchbay.core.lab.LabHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.net.Protocol;
import java.util.List;

/// Fills the Lab that the environment names, and that is up, with stopped containers: `CONTAINERS NETWORKS`. For
/// looking at, and measuring, the window beside them.
final class FillLab {
    private FillLab() {}

    public static void main(String[] words) throws Exception {
        StateDirectory directory = StateDirectory.of(System.getenv());
        try (LabHost controller = LabHost.connect(directory.socket());
                HelperClient helper = HelperClient.connect(directory.socket())) {
            controller.apply(Change.CreateNetwork.named("tried"));
            controller.apply(
                    Change.RunContainer.of("tried", "httpd:2.4", List.of(), List.of(EndpointRequest.on("tried"))));
            controller.apply(new Change.Publish("tried", PortMapping.of(null, 18080, 80, Protocol.TCP)));
            new TopologyGenerator(helper, "tried").addStopped(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        }
    }
}
