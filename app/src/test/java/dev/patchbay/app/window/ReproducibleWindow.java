package dev.patchbay.app.window;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleCounters;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.ManualTasks;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.net.Cidr;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TimeZone;

/// A window that looks the same in every run: over a host without a kernel, in one language and time zone, with a
/// clock that stands and counters that go on when the test says so. Of the FX thread alone.
final class ReproducibleWindow {
    /// Seconds: more than a chart of the last minute shows.
    private static final int TRAFFIC = 75;

    private static final Instant NOW = Instant.parse("2026-03-02T12:04:31Z");
    /// A cursor that blinks is there in one picture and not in the next.
    private static final String STILL = "data:text/css,.text-input{-fx-display-caret:false;}";

    final FakeHost fake = new FakeHost(SampleTopologies.target().build());
    final ManualTasks tasks = new ManualTasks();
    final WindowViewModel model;
    final MainWindow window;
    /// Whether the host can be opened no more.
    boolean gone;

    private final TimeZone zone = TimeZone.getDefault();

    ReproducibleWindow(Language language, double width, double height) {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        Messages.setLanguage(language);
        Fonts.load();
        fake.count(new SampleCounters(fake::topology));
        fake.proposed = Cidr.of("172.21.0.0/16");
        model = new WindowViewModel(this::answer, _ -> new TourViewModel.PlayResult(0, ""), tasks, () -> NOW);
        window = new MainWindow(model, new WindowState(width, height, false, Theme.DARK), (_, _) -> {}, _ -> {});
        window.scene().getRoot().getStylesheets().add(STILL);
    }

    private HostOpener.Result answer() {
        return gone
                ? new HostOpener.Result.Unavailable(Refusal.of("helper-ended", "The helper does not answer."))
                : new HostOpener.Result.Opened(fake);
    }

    /// With traffic behind it.
    void open(Topology topology) {
        fake.show(topology);
        model.host().open();
        model.counters().start();
        pass(TRAFFIC);
    }

    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            tasks.runScheduled();
        }
    }

    void close() {
        model.close();
        Messages.setLanguage(Language.ENGLISH);
        TimeZone.setDefault(zone);
    }
}
