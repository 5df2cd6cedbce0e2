package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.inspector.Overview;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.app.traffic.TrafficPart;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.RootlessEngine;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.HostRules;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was not read of an engine's host is unknown, and neither well nor nothing.
class EngineStatusTest {
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

    @AfterEach
    void backToEnglish() {
        Messages.setLanguage(Language.ENGLISH);
    }

    /// As an engine has it: nobody says which veth of the host is a container's.
    private static Topology ofEngine(PortBinding.RuleState rules, Topology.DriftCoverage checked) {
        Topology seed = SampleTopology.seed();
        return seed.withContainers(seed.containers().stream()
                        .map(container -> ofEngine(container, rules))
                        .toList())
                .with(checked);
    }

    private static Container ofEngine(Container container, PortBinding.RuleState rules) {
        return new Container(
                container.id(),
                container.name(),
                container.image(),
                container.command(),
                container.created(),
                container.state(),
                container.pid(),
                container.exitCode(),
                container.startedAt(),
                container.finishedAt(),
                container.networkMode(),
                container.exposed(),
                container.endpoints().stream()
                        .map(endpoint -> new Endpoint(
                                endpoint.id(),
                                endpoint.network(),
                                "",
                                "",
                                endpoint.address(),
                                endpoint.address6(),
                                endpoint.mac(),
                                endpoint.defaultRoute(),
                                endpoint.attached(),
                                endpoint.config()))
                        .toList(),
                container.ports().stream().map(port -> port.with(rules)).toList(),
                container.labels(),
                container.config(),
                container.restartCount());
    }

    private Overview overview() {
        return Objects.requireNonNull(model.inspector().overview().get());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PRESENT | GOOD    | yes
        ABSENT  | WARNING | no: the kernel has no rule that leads to the container
        UNKNOWN | IDLE    | unknown: the rules that lead to the container were not read
        """)
    void whetherAPortIsInForceIsWhatItsRulesSay(PortBinding.RuleState rules, Overview.State dot, String sentence) {
        fake.show(ofEngine(rules, Topology.DriftCoverage.ENGINE_RULES));
        model.selected().set(new Selection.OfPort(SampleTopology.PORT_8080));
        assertThat(overview().facts()).contains(new Overview.Fact("In force", sentence, false));
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        assertThat(overview().sections().getLast().rows())
                .extracting(Overview.Row::state)
                .containsExactly(dot);
        model.selected().set(new Selection.OfHost());
        assertThat(overview().sections())
                .flatExtracting(Overview.Section::rows)
                .filteredOn(row -> row.target().equals(new Selection.OfPort(SampleTopology.PORT_8080)))
                .extracting(Overview.Row::state)
                .containsExactly(dot);
    }

    @Test
    void noProblemMeansNoMoreThanWasChecked() {
        assertThat(model.problems().summary().get()).isEqualTo("The kernel is as the records say.");
        fake.show(ofEngine(PortBinding.RuleState.UNKNOWN, Topology.DriftCoverage.RECORDS));
        assertThat(model.problems().summary().get())
                .isEqualTo("What Patchbay has recorded is there. The engine's own rules were not checked."
                        + " Whether 1 published port is in force is unknown.");
        fake.show(ofEngine(PortBinding.RuleState.PRESENT, Topology.DriftCoverage.ENGINE_RULES));
        assertThat(model.problems().summary().get())
                .isEqualTo("What Patchbay has recorded is there. Of the engine's own rules, those of published ports"
                        + " and of bridge networks with containers were checked.");
        Messages.setLanguage(Language.GERMAN);
        fake.show(ofEngine(PortBinding.RuleState.UNKNOWN, Topology.DriftCoverage.NOTHING));
        assertThat(model.problems().summary().get())
                .isEqualTo("Nichts wurde geprüft: Der Kernel dieses Hosts kann von hier nicht gelesen werden."
                        + " Ob 1 veröffentlichter Port wirksam ist, ist unbekannt.");
    }

    @Test
    void aRootlessEngineIsShownAsWhatItIs() {
        Topology topology = ofEngine(PortBinding.RuleState.UNKNOWN, Topology.DriftCoverage.NOTHING);
        fake.show(topology.with(new RootlessEngine("slirp4netns", "builtin")));
        assertThat(model.problems().summary().get())
                .startsWith("Nothing was checked: the bridges and rules of a rootless engine are in a network namespace"
                        + " of its own.");
        model.selected().set(new Selection.OfHost());
        assertThat(overview().facts())
                .startsWith(
                        new Overview.Fact(
                                "Engine",
                                "rootless: its bridges and rules are in a network namespace of its own",
                                false),
                        new Overview.Fact("Network driver", "slirp4netns", true),
                        new Overview.Fact("Port driver", "builtin", true));
        fake.show(topology.with(new RootlessEngine("pasta", "")));
        assertThat(overview().facts())
                .extracting(Overview.Fact::label)
                .contains("Network driver")
                .doesNotContain("Port driver");
    }

    @Test
    void trafficOverLinksThatAreNotKnownIsNoZero() {
        fake.show(ofEngine(PortBinding.RuleState.UNKNOWN, Topology.DriftCoverage.RECORDS));
        // Without a rule that leads to the port, too.
        fake.count(new HostRules(2_000_000_000L, "", List.of(), List.of(), List.of(), List.of()));
        tasks.runScheduled();
        TrafficPart.Rate unknown = new TrafficPart.Rate.Unknown();
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        assertThat(model.traffic().unknown().get()).isTrue();
        assertThat(model.traffic().measurable()).isFalse();
        assertThat(model.traffic().parts().get()).extracting(TrafficPart::rate).isEqualTo(List.of(unknown, unknown));
        model.selected().set(new Selection.OfNetwork(SampleTopology.MYDOCKERNET));
        assertThat(model.traffic().unknown().get()).isTrue();
        // The other container does not run, so it has no traffic.
        assertThat(model.traffic().parts().get())
                .extracting(TrafficPart::rate)
                .containsExactly(unknown, new TrafficPart.Rate.Bytes(0, 0));
        model.selected().set(new Selection.OfPort(SampleTopology.PORT_8080));
        assertThat(model.traffic().parts().get()).extracting(TrafficPart::rate).isEqualTo(List.of(unknown, unknown));
        model.selected().set(new Selection.OfHost());
        assertThat(model.traffic().unknown().get()).isFalse();
    }
}
