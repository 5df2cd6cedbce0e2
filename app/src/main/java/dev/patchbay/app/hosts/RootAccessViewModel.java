package dev.patchbay.app.hosts;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// Asks for root on a host that shows less without it. With root the host is opened again and shows
/// everything; without root nothing changes, and a notification gives the reason.
public final class RootAccessViewModel {
    /// Blocks until the person has answered.
    @FunctionalInterface
    public interface RootPrompt {
        /// @return why root was not given; empty when the helper answers
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

    /// Whether root would show more.
    public boolean isAvailable() {
        return prompt != null && host.unavailable(HostCapability.KERNEL).isEmpty();
    }

    /// Whether the person is being asked now.
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
