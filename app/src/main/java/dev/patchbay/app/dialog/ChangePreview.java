package dev.patchbay.app.dialog;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.status.PlannedStep;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The steps of a form's change as the host would run them now. The host is asked again after each pause
/// in typing.
public final class ChangePreview {
    static final Duration TYPING_PAUSE = Duration.ofMillis(150);

    /// The state of the preview.
    public sealed interface State {
        /// A value is missing or invalid.
        record Incomplete() implements State {}

        /// The host is being asked.
        record Asking() implements State {}

        /// @param title the command that equals the change
        record Steps(String title, List<PlannedStep> steps) implements State {}

        /// The host would refuse it, or has refused it.
        record Refused(Refusal refusal) implements State {}
    }

    private final HostViewModel host;
    private final Tasks tasks;
    private final Supplier<@Nullable Change> change;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Incomplete());
    private final ReadOnlyBooleanWrapper applying = new ReadOnlyBooleanWrapper();
    private List<Property<?>> inputs = List.of();
    private Runnable onSettled = () -> {};
    private Tasks.@Nullable ScheduledTask pause;
    private int generation;

    public ChangePreview(HostViewModel host, Tasks tasks, Supplier<@Nullable Change> change) {
        this.host = host;
        this.tasks = tasks;
        this.change = change;
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /// Whether the change was sent and has no answer yet.
    public ReadOnlyBooleanProperty applying() {
        return applying.getReadOnlyProperty();
    }

    /// Whether the change can be applied, as far as is known.
    public BooleanBinding applicable() {
        return Bindings.createBooleanBinding(
                () -> !applying.get() && (state.get() instanceof State.Steps || state.get() instanceof State.Asking),
                state,
                applying);
    }

    /// Asks the host again when one of these properties has changed and then stays the same for a
    /// moment.
    ///
    /// @param fields every input of the form, in an order that is the same for each form of a class
    public void watch(Property<?>... fields) {
        inputs = List.of(fields);
        inputs.forEach(field -> field.subscribe(this::inputChanged));
        inputChanged();
    }

    List<Property<?>> inputs() {
        return inputs;
    }

    /// Called when the change was made, or the form was discarded.
    public void setOnSettled(Runnable listener) {
        onSettled = listener;
    }

    /// Discards the change and the typed values.
    public void discard() {
        onSettled.run();
    }

    private void inputChanged() {
        generation++;
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        if (change.get() == null) {
            state.set(new State.Incomplete());
        } else {
            state.set(new State.Asking());
            pause = tasks.schedule(TYPING_PAUSE, this::ask);
        }
    }

    private void ask() {
        Change wanted = change.get();
        int asked = generation;
        if (wanted != null) {
            host.preview(wanted, outcome -> {
                if (asked == generation) {
                    state.set(stateOf(outcome));
                }
            });
        }
    }

    private static State stateOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done planned -> new State.Steps(planned.title(), planned.steps());
            case Outcome.Refused refused -> new State.Refused(refused.refusal());
        };
    }

    /// Applies the change. A refusal of the host becomes the state.
    ///
    /// @param done called after success
    public void apply(Runnable done) {
        Change wanted = change.get();
        if (wanted == null || applying.get()) {
            return;
        }
        applying.set(true);
        host.apply(
                wanted,
                _ -> {
                    applying.set(false);
                    onSettled.run();
                    done.run();
                },
                refusal -> {
                    applying.set(false);
                    generation++;
                    state.set(new State.Refused(refusal));
                });
    }
}
