package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.rules.NftRow;
import dev.patchbay.app.screenshot.Screenshots;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;

/// What iptables does not show is in a tab of its own, where there is any.
class NftRulesTest extends ApplicationTest {
    private static final KernelTable READ = new KernelTable("inet", "firewalld", List.of("filter_INPUT"), """
            table inet firewalld {
            	chain filter_INPUT {
            		type filter hook input priority filter + 10; policy accept;
            		iifname "lo" accept
            		ip daddr 172.18.0.2 tcp dport 80 drop
            	}
            }
            """, "");
    private static final KernelTable UNREAD = new KernelTable("ip", "mine", List.of("first"), "", "");

    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final WindowViewModel model = new WindowViewModel(
            HostKind.ENGINE,
            () -> new HostOpener.Result.Opened(fake),
            null,
            _ -> new TourViewModel.PlayResult(0, ""),
            tasks,
            InstantSource.system());

    @TempDir
    private Path directory;

    @Override
    public void start(Stage stage) {
        Fonts.load();
        fake.count(() -> sample(List.of()));
        MainWindow window = new MainWindow(
                model,
                new WindowState(1200, 760, false, Theme.DARK),
                (name, chosen) -> chosen.accept(directory.resolve(name)),
                chosen -> chosen.accept(directory.resolve("shop.yaml")));
        stage.setScene(window.scene());
        stage.show();
        model.counters().start();
        model.host().open();
    }

    @AfterEach
    void close() {
        interact(model::close);
        tasks.close();
    }

    @Test
    void theTabComesAndGoesWithTheTables() throws Exception {
        await().until(() -> model.counters().sample().get() != null);
        assertThat(tabs()).doesNotContain("nftables");

        fake.count(() -> sample(List.of(READ, UNREAD)));
        await().until(() -> tabs().contains("nftables"));
        assertThat(tabs()).startsWith("NAT rules", "Filter rules", "nftables");
        interact(() -> drawer().getSelectionModel().select(2));
        TableView<NftRow> rules = lookup("#nftRules").queryTableView();
        assertThat(rules.getItems())
                .extracting(NftRow::table, NftRow::rule, NftRow::owner, NftRow::subject)
                .containsExactly(
                        tuple("inet firewalld", "iifname \"lo\" accept", "firewalld", ""),
                        tuple("inet firewalld", "ip daddr 172.18.0.2 tcp dport 80 drop", "firewalld", "web01 80/tcp"),
                        tuple("ip mine", "", "", ""));

        clickOn("ip daddr 172.18.0.2 tcp dport 80 drop");
        assertThat(lookup("#nftRulesSentence").<Label>query().getText())
                .isEqualTo("A TCP packet to 172.18.0.2 (tcp dport 80) is dropped. firewalld made this rule.");
        assertThat(model.selected().get()).isInstanceOf(Selection.OfPort.class);
        assertThat(Screenshots.keep(window(0).getScene(), "nft-rules")).isNotEmptyFile();
        push(KeyCode.SHORTCUT, KeyCode.C);
        interact(() -> assertThat(Clipboard.getSystemClipboard().getString())
                .isEqualTo("nft 'add rule inet firewalld filter_INPUT ip daddr 172.18.0.2 tcp dport 80 drop'"));
        clickOn("ip mine");
        assertThat(lookup("#nftRulesSentence").<Label>query().getText())
                .isEqualTo("The rules of this chain cannot be shown: nft is missing (Debian's package nftables), or"
                        + " they are too many.");

        fake.count(() -> sample(List.of()));
        await().until(() -> !tabs().contains("nftables"));
    }

    private TabPane drawer() {
        return lookup("#drawer").query();
    }

    private List<String> tabs() {
        return List.copyOf(drawer().getTabs()).stream().map(Tab::getText).toList();
    }

    private static HostRules sample(List<KernelTable> tables) {
        return new HostRules(System.nanoTime(), "iptables v1.8.9 (nf_tables)", List.of(), List.of(), tables, List.of());
    }
}
