package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.screenshot.Screenshots;
import dev.patchbay.app.text.Language;
import dev.patchbay.core.model.Topology;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// Names that somebody chose to make trouble, in every part of the window. Two threads lay out their letters, which
/// has ended the process (see [dev.patchbay.app.style.Fonts#load]): in two of ten runs.
class HostileNamesTest extends WindowPictures {
    HostileNamesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void whateverIsSelectedTheWindowIsDrawn() throws Exception {
        Topology topology = SampleTopologies.hostile().build();
        open(topology);
        List<Selection> all = new ArrayList<>(List.of(new Selection.OfHost()));
        topology.networks().forEach(network -> all.add(new Selection.OfNetwork(network.id())));
        topology.containers().forEach(container -> {
            all.add(new Selection.OfContainer(container.id()));
            container.ports().forEach(port -> all.add(new Selection.OfPort(port.id())));
        });
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> thrown.add(e));
        interact(() -> Thread.currentThread().setUncaughtExceptionHandler((_, e) -> thrown.add(e)));
        try {
            selectEach(all);
        } finally {
            interact(() -> Thread.currentThread().setUncaughtExceptionHandler(null));
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(thrown).isEmpty();
    }

    private void selectEach(List<Selection> all) throws Exception {
        Set<String> pictures = new HashSet<>();
        for (Selection one : all) {
            select(one);
            for (int inspector = 0; inspector < 4; inspector++) {
                tab("#inspectorTabs", inspector);
                WaitForAsyncUtils.waitForFxEvents();
            }
            tab("#drawer", all.indexOf(one) % 5);
            byte[] picture = Files.readAllBytes(Screenshots.keep(window.scene(), "hostile"));
            assertThat(pictures.add(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(picture))))
                    .as("%s shows something of its own", one)
                    .isTrue();
        }
    }
}
