package dev.patchbay.core.lab.property;

import dev.patchbay.engine.spec.RestartPolicy;
import java.util.List;

/// A container of the model.
///
/// @param mode `host`, `none`, or empty for one that can be on networks
/// @param places in the order they came
record Box(
        String name, String mode, boolean running, RestartPolicy restart, List<Place> places, List<Published> ports) {
    Box {
        places = List.copyOf(places);
        ports = List.copyOf(ports);
    }

    Box named(String other) {
        return new Box(other, mode, running, restart, places, ports);
    }

    Box running(boolean runs) {
        return new Box(name, mode, runs, restart, places, ports);
    }

    Box with(RestartPolicy policy) {
        return new Box(name, mode, running, policy, places, ports);
    }

    Box at(List<Place> others) {
        return new Box(name, mode, running, restart, others, ports);
    }

    Box publishing(List<Published> others) {
        return new Box(name, mode, running, restart, places, others);
    }

    /// Of the ports that have a place to go to.
    List<Published> bound() {
        return ports.stream().filter(port -> port.net() != null).toList();
    }
}
