package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.inspector.Overview;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.rules.RuleRow;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.app.traffic.TrafficPart;
import dev.patchbay.core.model.Endpoint;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the selection makes of overview, rules, search and traffic.
class SelectionTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final ManualTasks tasks = new ManualTasks();
    private final WindowViewModel model = new WindowViewModel(
            () -> new HostOpener.Result.Opened(fake),
            _ -> new TourViewModel.PlayResult(0, ""),
            tasks,
            InstantSource.system());

    @BeforeEach
    void open() {
        fake.count(SampleTopology.counters(1_000_000_000L, 128));
        model.host().open();
        model.counters().start();
    }

    private void aSecondLater(long packets) {
        fake.count(SampleTopology.counters(2_000_000_000L, packets));
        tasks.runScheduled();
    }

    @Test
    void aNetworkShowsItsFactsAndEndpoints() {
        model.selected().set(new Selection.OfNetwork(SampleTopology.MYDOCKERNET));
        Overview overview = Objects.requireNonNull(model.inspector().overview().get());
        assertThat(overview.title()).isEqualTo("mydockernet");
        assertThat(overview.facts())
                .contains(
                        new Overview.Fact("Subnet", "172.18.0.0/16", true),
                        new Overview.Fact("Free addresses", "65\u00a0531 of 65\u00a0534", true));
        assertThat(overview.sections().getFirst().rows())
                .containsExactly(
                        new Overview.Row(
                                Overview.State.GOOD,
                                "web01",
                                "172.18.0.2",
                                "02:42:ac:12:00:02",
                                "",
                                new Selection.OfContainer(SampleTopology.WEB01)),
                        new Overview.Row(
                                Overview.State.IDLE,
                                "web02",
                                "172.18.0.3",
                                "02:42:ac:12:00:03",
                                "",
                                new Selection.OfContainer(SampleTopology.WEB02)));
    }

    @Test
    void whatIsGoneIsNoLongerSelected() {
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        fake.show(SampleTopology.empty());
        assertThat(model.selected().get()).isEqualTo(new Selection.None());
        assertThat(model.inspector().overview().get())
                .isNotNull()
                .extracting(Overview::badge)
                .isEqualTo("host");
    }

    @Test
    void countersMoveWhileRowsStay() {
        RuleRow carrier = model.nat().rows().get(2);
        assertThat(carrier.packets().get()).isEqualTo(128);
        aSecondLater(228);
        assertThat(model.nat().rows().get(2)).isSameAs(carrier);
        assertThat(carrier.packets().get()).isEqualTo(228);
        assertThat(carrier.rate().get()).isEqualTo(6000);
    }

    @Test
    void rulesAreInTheOrderAPacketMeetsThemAndCanBeNarrowedToTheSelection() {
        assertThat(model.nat().rows().stream()
                        .filter(RuleRow::firstOfChain)
                        .map(row -> row.rule().chain()))
                .containsExactly("PREROUTING", "POSTROUTING", "PATCHBAY");
        model.nat().onlySelected().set(true);
        assertThat(model.nat().rows()).hasSize(4);
        model.selected().set(new Selection.OfPort(SampleTopology.PORT_8080));
        assertThat(model.nat().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.columns().match()).contains("8080"));
    }

    @Test
    void aRuleIsExplainedInTheLanguageOfTheWindow() {
        model.nat().query().set("dnat 8081");
        assertThat(model.nat().rows()).singleElement().satisfies(row -> {
            assertThat(row.sentence())
                    .isEqualTo("A TCP packet that reaches this machine on port 8081 from anywhere but mydockernet"
                            + " itself is rewritten to web02 (172.18.0.3:80).");
            Messages.setLanguage(Language.GERMAN);
            assertThat(row.sentence())
                    .isEqualTo("Ein TCP-Paket, das diesen Rechner auf Port 8081 von überall außer mydockernet selbst"
                            + " erreicht, wird auf web02 (172.18.0.3:80) umgeschrieben.");
        });
    }

    @AfterEach
    void speakEnglishAgain() {
        Messages.setLanguage(Language.ENGLISH);
    }

    @Test
    void aFilterKeepsRulesThatHaveEveryWordWherever() {
        model.nat().query().set("dnat 8081");
        assertThat(model.nat().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.meaning().subject()).isEqualTo("web02 80/tcp"));
        model.nat().query().set("patchbay nothing-like-it");
        assertThat(model.nat().rows()).isEmpty();
        model.nat().query().set(" ");
        assertThat(model.nat().rows()).hasSize(4);
    }

    @Test
    void aBaselineIsTheWindowsOwn() {
        RuleRow carrier = model.nat().rows().get(2);
        model.nat().sinceBaseline().set(true);
        assertThat(carrier.packets().get()).isZero();
        aSecondLater(228);
        assertThat(carrier.packets().get()).isEqualTo(100);
        assertThat(carrier.totalPackets()).isEqualTo(228);
        model.nat().sinceBaseline().set(false);
        assertThat(carrier.packets().get()).isEqualTo(228);
    }

    @Test
    void countersThatBeganAnewAreShownWhole() {
        RuleRow carrier = model.nat().rows().get(2);
        model.nat().sinceBaseline().set(true);
        aSecondLater(7);
        assertThat(carrier.packets().get()).isEqualTo(7);
        assertThat(carrier.rate().get()).isZero();
    }

    @Test
    void aContainersTrafficIsMadeUpOfItsNetworksAndPorts() {
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        aSecondLater(138);
        assertThat(model.traffic().parts().get())
                .containsExactly(
                        new TrafficPart(
                                "mydockernet",
                                new TrafficPart.Rate.Bytes(40_000, 10_000),
                                new Selection.OfNetwork(SampleTopology.MYDOCKERNET)),
                        new TrafficPart(
                                "8080 → 80/tcp",
                                new TrafficPart.Rate.Connections(10),
                                new Selection.OfPort(SampleTopology.PORT_8080)));
        assertThat(model.traffic().csv().lines()).hasSize(2).last().asString().endsWith(",40000,10000");
    }

    @Test
    void whatIsHeldStillIsMeasuredAllTheSame() {
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        model.traffic().paused().set(true);
        aSecondLater(138);
        assertThat(model.traffic().points().get()).isEmpty();
        assertThat(model.traffic().lastMinute().get()).hasSize(1);
        model.traffic().paused().set(false);
        assertThat(model.traffic().points().get()).hasSize(1);
    }

    @Test
    void aContainersSendingIsItsVethsReceiving() {
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        aSecondLater(138);
        assertThat(model.traffic().lastMinute().get()).singleElement().satisfies(point -> {
            assertThat(point.received()).isEqualTo(40_000);
            assertThat(point.sent()).isEqualTo(10_000);
        });
    }

    @Test
    void searchKnowsNamesAddressesPortsMacsAndImages() {
        Endpoint endpoint =
                SampleTopology.seed().containers().getFirst().endpoints().getFirst();
        assertThat(hits(SampleTopology.WEB01.value()))
                .as("the beginning of an id, as the picture finds it")
                .isEqualTo(1);
        assertThat(hits(endpoint.hostInterface())).as("the name of a veth").isEqualTo(1);
        assertThat(hits("MYDOCK")).isEqualTo(1);
        assertThat(hits("172.18.0.3")).isEqualTo(1);
        assertThat(hits(":8081")).isEqualTo(1);
        assertThat(hits("02:42:ac:12:00:02")).isEqualTo(1);
        assertThat(hits("httpd")).isEqualTo(2);
        assertThat(hits("nothing like it")).isZero();
        assertThat(hits(" ")).isZero();
    }

    private int hits(String query) {
        model.search().query().set(query);
        return model.search().hits().size();
    }
}
