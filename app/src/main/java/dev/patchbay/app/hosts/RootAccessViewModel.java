package dev.patchbay.app.hosts;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// Asks a person for root where a host shows less without it. When it is given the host is opened again and shows
/// all; when not, all stays as it is and the notice line says so.
public final class RootAccessViewModel {
    /// Blocks while the person thinks.
    @FunctionalInterface
    public interface RootPrompt {
        /// @return why root was not given, or what is in the way; empty when the helper answers
        Optional<Refusal> ask() throws EngineException;
    }

    private final HostViewModel host;
    private final @Nullable RootPrompt prompt;
    private final Tasks tasks;
    private final ReadOnlyBooleanWrapper inProgress = new ReadOnlyBooleanWrapper();

    /// @param asking null where root would not show more
    public RootAccessViewModel(HostViewModel host, @Nullable RootPrompt asking, Tasks tasks) {
        this.host = host;
        this.prompt = asking;
        this.tasks = tasks;
    }

    /// Whether there is anything to ask for.
    public boolean isAvailable() {
        return prompt != null;
    }

    /// The person is being asked.
    public ReadOnlyBooleanProperty inProgress() {
        return inProgress.getReadOnlyProperty();
    }

    public void request() {
        RootPrompt person = prompt;
        if (person == null || inProgress.get()) {
            return;
        }
        inProgress.set(true);
        tasks.run(
                person::ask,
                this::answered,
                e -> answered(Optional.of(
                        new Refusal("engine", String.valueOf(e.getMessage()), Messages.of("engine.advice")))));
    }

    private void answered(Optional<Refusal> refusal) {
        inProgress.set(false);
        if (refusal.isPresent()) {
            host.showNotification(Notification.error(refusal.get()));
        } else {
            host.reopen();
        }
    }
}
