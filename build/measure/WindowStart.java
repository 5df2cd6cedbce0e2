import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long a launcher takes until its window can be used, and how much memory it has then:
///
///     java build/measure/WindowStart.java ./patchbay [runs]
///
/// The window is watched from outside, on the screen of an Xvfb of its own, so any launcher can be measured, that of a
/// packaged image as well. Each run starts in a home of its own, with no Lab there. `seen` is the first frame with anything
/// on it; `usable` is the last one that changed much, when the Lab has been started and its picture drawn; `processor` is
/// the window's processor time until then, which other work on the machine hardly changes. The memory is the proportional
/// set size of the window's process.
class WindowStart {
    private static final long QUIET = Duration.ofSeconds(3).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(120).toNanos();
    /// Of the screen: less is a cursor, a figure that counts, a port that came.
    private static final double MUCH = 0.004;

    private record Run(double seen, double usable, double processor, double memory) {}

    public static void main(String[] words) throws Exception {
        int runs = words.length > 1 ? Integer.parseInt(words[1]) : 7;
        List<Run> all = new ArrayList<>();
        System.out.println("run | seen ms | usable ms | processor ms | window MB | load");
        for (int i = 1; i <= runs; i++) {
            try (Screen screen = new Screen(words[0])) {
                Run run = watch(screen);
                all.add(run);
                print(String.valueOf(i), run);
            }
        }
        print("median", new Run(
                Screen.median(all.stream().map(Run::seen)), Screen.median(all.stream().map(Run::usable)),
                Screen.median(all.stream().map(Run::processor)), Screen.median(all.stream().map(Run::memory))));
    }

    private static void print(String name, Run run) throws Exception {
        System.out.printf("%s | %.0f | %.0f | %.0f | %.0f | %s%n",
                name, run.seen, run.usable, run.processor, run.memory, Screen.load());
    }

    private static Run watch(Screen screen) throws Exception {
        byte[] last = Screen.bytes();
        byte[] next = Screen.bytes();
        screen.read(last);
        long began = System.nanoTime();
        Process window = screen.start();
        long seen = 0;
        long usable = began;
        Duration processor = Duration.ZERO;
        while (System.nanoTime() - began < PATIENCE && (seen == 0 || System.nanoTime() - usable < QUIET)) {
            Thread.sleep(20);
            long time = System.nanoTime();
            screen.read(next);
            if (Screen.changed(last, next, 0, 0, Screen.WIDTH, Screen.HEIGHT) > MUCH) {
                seen = seen == 0 ? time : seen;
                usable = time;
                processor = window.info().totalCpuDuration().orElse(Duration.ZERO);
                byte[] swap = last;
                last = next;
                next = swap;
            }
        }
        double memory = Screen.memory(window.pid());
        window.destroy();
        window.waitFor();
        return new Run((seen - began) / 1e6, (usable - began) / 1e6, processor.toMillis(), memory);
    }
}
