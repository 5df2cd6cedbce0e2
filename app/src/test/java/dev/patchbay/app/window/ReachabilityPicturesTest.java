package dev.patchbay.app.window;

import dev.patchbay.app.reachability.PeerChoice;
import dev.patchbay.app.text.Language;
import java.io.IOException;
import javafx.scene.control.ComboBox;
import org.junit.jupiter.api.Test;

class ReachabilityPicturesTest extends WindowPictures {
    private static final int OVERVIEW = 0;
    private static final int REACHABILITY = 3;

    ReachabilityPicturesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void aPublishedPort() throws IOException {
        fake.explanation = SamplePaths.published();
        open();
        select(container("web01"));
        tab("#inspectorTabs", OVERVIEW);
        expectDarkAndLight("reachability-glance");
        tab("#inspectorTabs", REACHABILITY);
        fire("#check");
        expectDarkAndLight("reachability-published");
    }

    @Test
    void aNeighbourOfAnotherNetwork() throws IOException {
        fake.explanation = SamplePaths.blocked();
        open();
        select(container("resolver"));
        tab("#inspectorTabs", REACHABILITY);
        interact(() -> {
            ComboBox<?> from = find("#reachabilityFrom", ComboBox.class);
            for (int i = 0; i < from.getItems().size(); i++) {
                if (from.getItems().get(i) instanceof PeerChoice choice
                        && choice.name().equals("api")) {
                    from.getSelectionModel().select(i);
                }
            }
        });
        fire("#check");
        expectDarkAndLight("reachability-blocked");
    }
}
