package dev.patchbay.app.tour;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.EngineException;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Plays the tour with two web servers on the host, one command at a time; the canvas follows.
public final class TourViewModel {
    static final Duration STEP_PAUSE = Duration.ofMillis(1200);

    /// Runs one command of the command line and returns its output; blocks.
    @FunctionalInterface
    public interface Player {
        PlayResult play(List<String> words) throws EngineException;
    }

    /// @param code the exit code, 0 for success
    public record PlayResult(int code, String output) {}

    /// The position in the tour.
    ///
    /// @param number of the step played last, from 1; 0 before the first
    /// @param count number of all steps
    /// @param remarks remarks of the current steps
    /// @param command that was played last; empty before the first
    /// @param output of that command; null while it runs
    /// @param next the next command; empty after the last
    public record Position(
            int number,
            int count,
            List<String> remarks,
            String command,
            @Nullable String output,
            boolean failed,
            String next) {
        public boolean isRunning() {
            return output == null;
        }

        public boolean isLast() {
            return next.isEmpty();
        }
    }

    private final Player player;
    private final Tasks tasks;
    private final List<TourScript.Step> steps = TourScript.twoWebServers().steps();
    private final ReadOnlyObjectWrapper<@Nullable Position> position = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
    private Tasks.@Nullable ScheduledTask nextStep;

    public TourViewModel(Player player, Tasks tasks) {
        this.player = player;
        this.tasks = tasks;
    }

    /// Null while no tour is open.
    public ReadOnlyObjectProperty<@Nullable Position> position() {
        return position.getReadOnlyProperty();
    }

    /// Whether the steps follow each other automatically.
    public ReadOnlyBooleanProperty playing() {
        return playing.getReadOnlyProperty();
    }

    public void open() {
        if (position.get() == null) {
            position.set(new Position(
                    0,
                    steps.size(),
                    steps.getFirst().remarks(),
                    "",
                    "",
                    false,
                    steps.getFirst().commandLine()));
        }
    }

    /// Ends the tour; the objects that it created stay.
    public void close() {
        pause();
        position.set(null);
    }

    /// Plays the next step, or repeats a step that failed.
    public void step() {
        Position now = position.get();
        if (now == null || now.isRunning() || (now.isLast() && !now.failed())) {
            return;
        }
        int index = now.failed() ? now.number() - 1 : now.number();
        TourScript.Step step = steps.get(index);
        List<String> saying = step.remarks().isEmpty() ? now.remarks() : step.remarks();
        String next = index + 1 < steps.size() ? steps.get(index + 1).commandLine() : "";
        Position reached = new Position(index + 1, steps.size(), saying, step.commandLine(), null, false, next);
        position.set(reached);
        tasks.run(
                () -> player.play(step.words()),
                played -> stepFinished(reached, played),
                e -> stepFinished(reached, new PlayResult(1, String.valueOf(e.getMessage()))));
    }

    public void play() {
        playing.set(true);
        step();
    }

    public void pause() {
        playing.set(false);
        if (nextStep != null) {
            nextStep.cancel();
            nextStep = null;
        }
    }

    private void stepFinished(Position at, PlayResult played) {
        if (!at.equals(position.get())) {
            return;
        }
        boolean failed = played.code() != 0;
        String output = played.output().isBlank() ? Messages.of("tour.silent") : played.output();
        position.set(new Position(at.number(), at.count(), at.remarks(), at.command(), output, failed, at.next()));
        if (failed || at.isLast()) {
            pause();
        } else if (playing.get()) {
            nextStep = tasks.schedule(STEP_PAUSE, this::step);
        }
    }
}
