package dev.patchbay.app.hosts;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.engine.kernel.HostRules;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Rules and links with their counters, read once a second while they are shown.
public final class CountersViewModel {
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private final HostViewModel host;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<@Nullable HostRules> sample = new ReadOnlyObjectWrapper<>();
    private Tasks.@Nullable ScheduledTask nextRead;
    private boolean running;

    public CountersViewModel(HostViewModel host, Tasks tasks) {
        this.host = host;
        this.tasks = tasks;
    }

    /// Null before the first answer.
    public ReadOnlyObjectProperty<@Nullable HostRules> sample() {
        return sample.getReadOnlyProperty();
    }

    public void start() {
        if (!running) {
            running = true;
            read();
        }
    }

    public void stop() {
        running = false;
        if (nextRead != null) {
            nextRead.cancel();
            nextRead = null;
        }
    }

    private void read() {
        if (!running) {
            return;
        }
        if (host.isLive()) {
            host.ask(
                    connected -> connected.counters(),
                    answer -> {
                        sample.set(answer);
                        scheduleRead();
                    },
                    _ -> scheduleRead());
        } else {
            scheduleRead();
        }
    }

    private void scheduleRead() {
        if (running) {
            nextRead = tasks.schedule(INTERVAL, this::read);
        }
    }
}
