package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.RoutingTables.Route;
import dev.patchbay.engine.net.Cidr;
import java.io.IOException;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

/// The dialogs.
class DialogPicturesTest extends WindowPictures {
    DialogPicturesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void aNewNetwork() throws IOException {
        open();
        select(network("mydockernet"));
        fire("#newNetwork");
        type("#networkName", "frontend");
        pass(1);
        interact(() -> find("#steps", TitledPane.class).setExpanded(true));
        expectDarkAndLight("dialog");

        interact(() -> {
            find("#steps", TitledPane.class).setExpanded(false);
            find("#networkIpv6", CheckBox.class).setSelected(true);
            find("#networkMore", TitledPane.class).setExpanded(true);
        });
        type("#networkMtu", "small");
        // Higher than there is room for: its fields scroll, its buttons stay.
        interact(() -> find("#networkMtu", TextField.class).requestFocus());
        Region sheet = find("#sheet", Region.class);
        assertThat(sheet.getLayoutY()).isNotNegative();
        assertThat(sheet.getLayoutY() + sheet.getHeight())
                .isLessThanOrEqualTo(sheet.getParent().getLayoutBounds().getHeight());
        expectDarkAndLight("dialog-more");
    }

    @Test
    void aContainer() throws IOException {
        open();
        fire("#runContainer");
        type("#containerName", "web03");
        type("#containerPorts", "8080:80");
        pass(1);
        expect("dialog-run", Theme.DARK);
    }

    @Test
    void aPort() throws IOException {
        open();
        select(container("web01"));
        push(KeyCode.P);
        pass(1);
        expect("publish", Theme.DARK);
        interact(() -> find("#publishEverywhere", ToggleButton.class).setSelected(true));
        interact(() -> find("#publishSourcesFold", TitledPane.class).setExpanded(true));
        type("#publishSources", "192.0.2.0/24, nonsense");
        pass(1);
        expectDarkAndLight("publish-for-some");
    }

    @Test
    void theAddressMap() throws IOException {
        fake.routing = new RoutingTables(
                List.of(),
                List.of(route("192.0.2.0/24", "eth0"), route("172.18.5.0/24", "tun0"), route("10.8.0.0/16", "tun0")));
        open();
        push(KeyCode.CONTROL, KeyCode.K);
        type("#paletteQuery", "address map");
        push(KeyCode.ENTER);
        expectDarkAndLight("addresses");
        assertThat(find("#addresses", TableView.class).getItems().size())
                .isEqualTo(model.addressMap().rows().size());
        assertThat(model.addressMap().problems().get()).hasSize(1);

        push(KeyCode.ESCAPE);
        assertThat(find("#addressMap", Region.class).getParent().isVisible()).isFalse();
        assertThat(model.addressMap().shown().get()).isFalse();
    }

    private static Route route(String destination, String device) {
        return new Route(RoutingTables.MAIN, Route.UNICAST, Cidr.of(destination), null, device, null, 0, false);
    }

    @Test
    void aPortElsewhere() throws IOException {
        open();
        select(new Selection.OfPort(TestTopologyBuilder.id("0.0.0.0:8080/tcp")));
        push(KeyCode.CONTROL, KeyCode.K);
        type("#paletteQuery", "change host port");
        push(KeyCode.ENTER);
        type("#republishAddress", "127.0.0.1");
        type("#republishHostPort", "9090");
        pass(1);
        expectDarkAndLight("republish");
    }

    @Test
    void aNetworkWithAnotherSubnet() throws IOException {
        open();
        select(network("mydockernet"));
        push(KeyCode.CONTROL, KeyCode.K);
        type("#paletteQuery", "change the subnet");
        push(KeyCode.ENTER);
        type("#newSubnet", "10.80.0.0/24");
        pass(1);
        expectDarkAndLight("subnet");
    }

    @Test
    void aContainerToAnotherNetwork() throws IOException {
        open();
        select(container("web01"));
        push(KeyCode.CONTROL, KeyCode.K);
        type("#paletteQuery", "move from");
        push(KeyCode.ENTER);
        pass(1);
        expectDarkAndLight("move");
    }
}
