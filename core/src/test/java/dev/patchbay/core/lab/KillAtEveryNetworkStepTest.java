package dev.patchbay.core.lab;

import java.util.List;

/// What is asked of networks, their cables and their ports.
class KillAtEveryNetworkStepTest extends KillAtEveryStepTest {
    @Override
    List<LabVerb> verbs() {
        return LabVerb.ofNetworks();
    }
}
