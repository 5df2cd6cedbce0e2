package dev.patchbay.core.lab.property;

import dev.patchbay.engine.container.RestartPolicy;
import java.util.List;

/// A container of the model.
///
/// @param mode `host`, `none`, or empty for one that can be on networks
/// @param places in the order they came
record ModelContainer(
        String name,
        String mode,
        boolean running,
        RestartPolicy restart,
        List<ModelEndpoint> places,
        List<ModelPort> ports) {
    ModelContainer {
        places = List.copyOf(places);
        ports = List.copyOf(ports);
    }

    ModelContainer named(String other) {
        return new ModelContainer(other, mode, running, restart, places, ports);
    }

    ModelContainer running(boolean runs) {
        return new ModelContainer(name, mode, runs, restart, places, ports);
    }

    ModelContainer with(RestartPolicy policy) {
        return new ModelContainer(name, mode, running, policy, places, ports);
    }

    ModelContainer at(List<ModelEndpoint> others) {
        return new ModelContainer(name, mode, running, restart, others, ports);
    }

    ModelContainer publishing(List<ModelPort> others) {
        return new ModelContainer(name, mode, running, restart, places, others);
    }

    /// Of the ports that have a place to go to.
    List<ModelPort> bound() {
        return ports.stream().filter(port -> port.net() != null).toList();
    }
}
