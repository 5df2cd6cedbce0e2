package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.picture.Pictures;
import dev.patchbay.app.text.Language;
import dev.patchbay.core.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// Names that somebody chose to make trouble, in every part of the window. Two threads lay out their letters, which has
/// ended the process (see [dev.patchbay.app.style.Fonts#load]): in two of ten runs.
class HostileNamesTest extends WindowPictures {
    HostileNamesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void whateverIsSelectedTheWindowIsDrawn() throws Exception {
        Topology topology = SampleTopologies.hostile().build();
        open(topology);
        List<Selected> all = new ArrayList<>(List.of(new Selected.HostSelected()));
        topology.networks().forEach(network -> all.add(new Selected.NetworkSelected(network.id())));
        topology.containers().forEach(container -> {
            all.add(new Selected.ContainerSelected(container.id()));
            container.ports().forEach(port -> all.add(new Selected.PortSelected(port.id())));
        });
        for (Selected one : all) {
            select(one);
            for (int inspector = 0; inspector < 4; inspector++) {
                tab("#inspectorTabs", inspector);
                WaitForAsyncUtils.waitForFxEvents();
            }
            tab("#drawer", all.indexOf(one) % 5);
            assertThat(Pictures.keep(window.scene(), "hostile")).isNotEmptyFile();
        }
    }
}
