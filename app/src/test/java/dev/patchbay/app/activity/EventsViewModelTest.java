package dev.patchbay.app.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.app.window.WindowViewModel;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.engine.Id;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsViewModelTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final WindowViewModel model = new WindowViewModel(
            () -> new HostOpener.Result.Opened(fake),
            _ -> new TourViewModel.PlayResult(0, ""),
            new ManualTasks(),
            InstantSource.system());

    private static HostEvent event(int second, String action, Id id, String name) {
        return new HostEvent(
                Instant.ofEpochSecond(second),
                HostEvent.Kind.CONTAINER,
                action,
                id,
                new TreeMap<>(Map.of("name", name)));
    }

    @BeforeEach
    void open() {
        fake.tell(event(1, "create", SampleTopology.WEB01, "web01"));
        fake.tell(event(2, "start", SampleTopology.WEB01, "web01"));
        model.host().open();
    }

    @Test
    void whatHappenedStandsBelowWhatHappens() {
        fake.tell(event(3, "die", SampleTopology.WEB01, "web01"));
        assertThat(model.events().shown()).extracting(HostEvent::action).containsExactly("die", "start", "create");
    }

    @Test
    void aPauseHoldsBackUntilItIsOver() {
        model.events().paused().set(true);
        fake.tell(event(3, "die", SampleTopology.WEB01, "web01"));
        assertThat(model.events().shown()).hasSize(2);
        model.events().paused().set(false);
        assertThat(model.events().shown()).hasSize(3);
    }

    @Test
    void whatIsHeldBackIsBounded() {
        model.events().paused().set(true);
        for (int i = 0; i < 3 * EventsViewModel.MAX_EVENTS; i++) {
            fake.tell(event(3 + i, "die", SampleTopology.WEB01, "web01"));
        }
        assertThat(model.events().heldBack()).isEqualTo(EventsViewModel.MAX_EVENTS);
        model.events().paused().set(false);
        assertThat(model.events().shown()).hasSize(EventsViewModel.MAX_EVENTS);
        assertThat(model.events().shown().getFirst().at())
                .isEqualTo(Instant.ofEpochSecond(2 + 3 * EventsViewModel.MAX_EVENTS));
    }

    @Test
    void whatWasHeldBackDoesNotComeTwiceAfterANewConnection() {
        model.events().paused().set(true);
        fake.tell(event(3, "die", SampleTopology.WEB01, "web01"));
        fake.loseConnection();
        fake.following = null;
        fake.tell(event(4, "start", SampleTopology.WEB01, "web01"));
        model.host().open();
        assertThat(model.events().shown()).as("while it is held still").hasSize(2);
        fake.tell(event(5, "stop", SampleTopology.WEB01, "web01"));
        model.events().paused().set(false);
        assertThat(model.events().shown())
                .extracting(HostEvent::action)
                .containsExactly("stop", "start", "die", "start", "create");
    }

    @Test
    void aFilterKeepsEventsThatHaveEveryWord() {
        fake.tell(event(3, "start", SampleTopology.WEB02, "web02"));
        model.events().query().set("START web01");
        assertThat(model.events().shown())
                .singleElement()
                .extracting(HostEvent::action)
                .isEqualTo("start");
    }

    @Test
    void anEventSelectsWhatItIsAbout() {
        model.events().select(model.events().shown().getFirst());
        assertThat(model.selected().get()).isEqualTo(new Selection.OfContainer(SampleTopology.WEB01));
    }

    @Test
    void aNewConnectionIsFollowedAnew() {
        fake.loseConnection();
        fake.following = null;
        fake.tell(event(3, "die", SampleTopology.WEB01, "web01"));
        model.host().open();
        assertThat(model.events().shown()).hasSize(3);
        assertThat(fake.following).isNotNull();
    }

    @Test
    void nothingIsFollowedAfterTheEnd() {
        model.close();
        assertThat(fake.following).isNull();
    }
}
