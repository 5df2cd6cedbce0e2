import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How long it takes from something that happens in the kernel until the window shows it:
///
///     java build/measure/KernelToPicture.java ./patchbay [times]
///
/// In a Lab of its own a container runs on the default bridge. `ip`, which the window knows nothing of, takes the bridge
/// down and up in turn; the time runs from the line that it reads until the first pixel of the picture that changes. The
/// median leaves out the first of each, when the window draws a problem for the first time.
class KernelToPicture {
    private static final long PATIENCE = 60_000;

    public static void main(String[] words) throws Exception {
        int times = words.length > 1 ? Integer.parseInt(words[1]) : 7;
        try (Screen screen = new Screen(words[0])) {
            screen.start("lab", "up").waitFor();
            screen.start("run", "-d", "--name", "web", "-p", "8080:80", "httpd:2.4").waitFor();
            Process window = screen.start();
            Process ip = screen.start("lab", "exec", "--", "ip", "-batch", "-");
            try (Writer commands = ip.outputWriter(StandardCharsets.UTF_8)) {
                untilStill(screen, 5000);
                List<Double> downs = new ArrayList<>();
                List<Double> ups = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    downs.add(until(screen, commands, "down"));
                    ups.add(until(screen, commands, "up"));
                }
                print("down", downs);
                print("up", ups);
            } finally {
                window.destroy();
                window.waitFor();
            }
        }
    }

    private static double until(Screen screen, Writer commands, String state) throws Exception {
        byte[] before = untilStill(screen, 2500);
        long began = System.nanoTime();
        commands.write("link set patchbay0 " + state + "\n");
        commands.flush();
        untilOther(screen, before);
        return (System.nanoTime() - began) / 1e6;
    }

    private static void print(String name, List<Double> times) throws Exception {
        String each = times.stream().map(one -> String.format(Locale.ROOT, "%.0f", one)).collect(Collectors.joining(" "));
        System.out.printf(Locale.ROOT, "%s: %s ms; median %.0f ms, load %s%n",
                name, each, Screen.median(times.stream().skip(1)), Screen.load());
    }

    /// Only the picture: the drawer counts, and the inspector draws the traffic.
    private static boolean isOther(byte[] before, byte[] after) {
        return Screen.changed(before, after, 180, 110, 1100, 620) > 0;
    }

    private static byte[] untilStill(Screen screen, long millis) throws Exception {
        byte[] last = Screen.bytes();
        byte[] next = Screen.bytes();
        screen.read(last);
        long since = System.currentTimeMillis();
        while (System.currentTimeMillis() - since < millis) {
            Thread.sleep(50);
            screen.read(next);
            if (isOther(last, next)) {
                since = System.currentTimeMillis();
                screen.read(last);
            }
        }
        return last;
    }

    private static void untilOther(Screen screen, byte[] before) throws Exception {
        byte[] now = Screen.bytes();
        long began = System.currentTimeMillis();
        do {
            if (System.currentTimeMillis() - began > PATIENCE) {
                throw new IllegalStateException("the picture does not change");
            }
            Thread.sleep(1);
            screen.read(now);
        } while (!isOther(before, now));
    }
}
