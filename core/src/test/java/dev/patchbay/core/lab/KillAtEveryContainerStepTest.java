package dev.patchbay.core.lab;

import java.util.List;

/// What is asked of containers.
class KillAtEveryContainerStepTest extends KillAtEveryStepTest {
    @Override
    List<LabVerb> verbs() {
        return LabVerb.ofContainers();
    }
}
