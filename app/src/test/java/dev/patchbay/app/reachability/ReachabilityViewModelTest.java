package dev.patchbay.app.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.app.window.WindowViewModel;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.PathEnd;
import dev.patchbay.core.reachability.ReachabilityQuery;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachabilityViewModelTest {
    private static final String WEB02 = SampleTopology.WEB02.value();

    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final ManualTasks tasks = new ManualTasks();
    private final WindowViewModel model = new WindowViewModel(
            () -> new HostOpener.Result.Opened(fake),
            _ -> new TourViewModel.PlayResult(0, ""),
            tasks,
            InstantSource.system());
    private final ReachabilityViewModel reachability = model.reachability();

    @BeforeEach
    void open() {
        model.host().open();
    }

    private static TracedPath path(Verdict verdict, @Nullable Remedy remedy) {
        Status mark = verdict == Verdict.REACHABLE ? Status.OK : Status.FAILS;
        return new TracedPath(
                new ReachabilityQuery(new PathEnd.Outside(), new PathEnd.OnHost(), Protocol.TCP, 80, Family.IPV4),
                Message.of("way", Message.of("outside"), "web02", "80/tcp"),
                verdict,
                List.of(hop(Stage.ROUTE, Status.OK), hop(Stage.PUBLISHED_PORT, Status.OK), hop(Stage.LISTENER, mark)),
                null,
                remedy);
    }

    private static Hop hop(Stage stage, Status mark) {
        return new Hop(
                stage, mark, Evidence.DERIVED, Message.EMPTY, Message.EMPTY, Message.EMPTY, List.of(), "", List.of());
    }

    @Test
    void theWayToAPortGoesWithTheLastPort() {
        fake.explanation = path(Verdict.REACHABLE, null);
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        assertThat(model.publishedPath().hops().get()).isNotEmpty();
        Topology seed = SampleTopology.seed();
        fake.show(new Topology(
                seed.revision(),
                seed.host(),
                seed.networks(),
                seed.containers().stream()
                        .map(ReachabilityViewModelTest::withoutPorts)
                        .toList(),
                seed.activity()));
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB01));
        assertThat(model.publishedPath().hops().get()).isEmpty();
    }

    private static Container withoutPorts(Container container) {
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
                container.endpoints(),
                List.of(),
                container.labels(),
                container.config(),
                container.restartCount());
    }

    @Test
    void everyContainerTheHostAndTheOutsideCanBeChosen() {
        assertThat(reachability.peers())
                .extracting(PeerChoice::name)
                .containsExactly("host", "outside", "web01", "web02");
    }

    @Test
    void whatIsSelectedIsAskedForAndTheCheckSendsAPacket() {
        fake.explanation = path(Verdict.REACHABLE, null);
        model.selected().set(new Selection.OfPort(SampleTopology.PORT_8081));
        assertThat(reachability.to().get().name()).isEqualTo("web02");
        assertThat(reachability.service().get()).isEqualTo("80/tcp");
        fake.inquiries.clear();

        reachability.check();

        assertThat(fake.inquiries).containsExactly(new ReachabilityRequest("outside", WEB02 + ":80/tcp", false, true));
        assertThat(reachability.path().get()).isNotNull();
        assertThat(reachability.checking().get()).isFalse();
    }

    @Test
    void thePictureShowsTheWayWhileSomebodyLooks() {
        fake.explanation = path(Verdict.REACHABLE, null);
        reachability.check();
        assertThat(reachability.drawnPath().get()).isNull();
        reachability.shown().set(true);
        assertThat(reachability.drawnPath().get()).isEqualTo(reachability.path().get());
        reachability.service().set("81");
        assertThat(reachability.drawnPath().get()).as("another question").isNull();
    }

    @Test
    void aMistakeIsASentence() {
        fake.explanation = null;
        fake.explanationRefusal = Refusal.of("invalid-port", "Invalid proto: x");
        reachability.service().set("80/x");
        reachability.check();
        assertThat(reachability.path().get()).isNull();
        assertThat(reachability.refusalText().get()).isEqualTo("Invalid proto: x");
        reachability.service().set("80");
        assertThat(reachability.refusalText().get()).isEmpty();
    }

    @Test
    void oneClickHelpsAndLooksAgain() {
        Change start = new Change.StartContainer("web02");
        fake.explanation = path(Verdict.BLOCKED, new Remedy.ByChange(Message.of("remedy.start", "web02"), start));
        reachability.check();
        fake.inquiries.clear();
        fake.explanation = path(Verdict.REACHABLE, null);

        reachability.applyRemedy();

        assertThat(fake.applied).containsExactly(start);
        assertThat(fake.inquiries).isNotEmpty();
        assertThat(reachability.path().get()).isEqualTo(path(Verdict.REACHABLE, null));
    }

    @Test
    void whatHelpsIsSaidInTheLanguageOfTheWindow() {
        Message words = Message.of("remedy.connect", "{1}'s", "shop");
        Change connect = new Change.Connect("web01", EndpointRequest.on("shop"));
        fake.explanation = path(Verdict.BLOCKED, new Remedy.ByChange(words, connect));
        reachability.check();
        assertThat(reachability.remedyText()).isEqualTo("Connect {1}'s to shop");
        Messages.setLanguage(Language.GERMAN);
        assertThat(reachability.remedyText()).isEqualTo("{1}'s mit shop verbinden");
        fake.explanation = path(Verdict.BLOCKED, new Remedy.ByHand(Message.of("remedy.listen", "80/tcp")));
        reachability.check();
        assertThat(reachability.remedyText()).isEqualTo("Starten, was auf 80/tcp lauschen soll.");
    }

    @AfterEach
    void speakEnglishAgain() {
        Messages.setLanguage(Language.ENGLISH);
    }

    @Test
    void aRepairIsOneClickToo() {
        fake.explanation = path(Verdict.BLOCKED, new Remedy.ByRepair(Message.of("remedy.repair")));
        reachability.check();
        reachability.applyRemedy();
        assertThat(fake.history).contains("repair");
    }

    @Test
    void whenSomethingChangesTheWayIsDerivedAgainWithoutAPacket() {
        fake.explanation = path(Verdict.REACHABLE, null);
        reachability.check();
        fake.inquiries.clear();
        fake.failWith(List.of(new Problem(null, ProblemKind.NAMES_UNKNOWN, List.of(), List.of())));
        assertThat(fake.inquiries).isNotEmpty().noneMatch(ReachabilityRequest::probe);
    }

    @Test
    void theOverviewTellsTheWayToAPublishedPort() {
        fake.explanation = path(Verdict.REACHABLE, null);
        model.selected().set(new Selection.OfContainer(SampleTopology.WEB01));
        assertThat(model.publishedPath().hops().get())
                .extracting(Hop::stage)
                .containsExactly(Stage.PUBLISHED_PORT, Stage.LISTENER);
        assertThat(fake.inquiries).noneMatch(ReachabilityRequest::probe);
        model.selected().set(new Selection.OfHost());
        assertThat(model.publishedPath().hops().get()).isEmpty();
    }
}
