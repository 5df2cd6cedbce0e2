package dev.patchbay.app.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.app.tour.TourViewModel.PlayResult;
import dev.patchbay.app.tour.TourViewModel.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TourViewModelTest {
    private final ManualTasks tasks = new ManualTasks();
    private final List<String> played = new ArrayList<>();
    private int code;
    private final TourViewModel tour = new TourViewModel(
            words -> {
                played.add(String.join(" ", words));
                return new PlayResult(code, "output");
            },
            tasks);

    private Position position() {
        return Objects.requireNonNull(tour.position().get());
    }

    @Test
    void nothingRunsBeforeItIsAskedFor() {
        tour.open();
        assertThat(played).isEmpty();
        assertThat(position().next()).isEqualTo("patchbay network ls");
    }

    @Test
    void eachStepShowsItsCommandAndWhatItPrinted() {
        tour.open();
        tour.step();
        assertThat(played).containsExactly("network ls");
        assertThat(position().command()).isEqualTo("patchbay network ls");
        assertThat(position().output()).isEqualTo("output");
    }

    @Test
    void aStepThatFailedIsPlayedAgain() {
        tour.open();
        code = 1;
        tour.play();
        assertThat(position().failed()).isTrue();
        assertThat(tour.playing().get()).isFalse();
        code = 0;
        tour.step();
        assertThat(played).containsExactly("network ls", "network ls");
        assertThat(position().failed()).isFalse();
    }

    @Test
    void playingGoesOnToTheEnd() {
        tour.open();
        tour.play();
        while (tour.playing().get()) {
            tasks.runScheduled();
        }
        assertThat(position().isLast()).isTrue();
        assertThat(played).hasSize(position().count());
        tour.close();
        assertThat(tour.position().get()).isNull();
    }
}
