import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A launcher with an Xvfb and a home of its own, and the pixels of that screen. Closing takes its Lab down.
class Screen implements AutoCloseable {
    static final int WIDTH = 1600;
    static final int HEIGHT = 1000;
    private static final int LINE = WIDTH * 4;

    private final String launcher;
    private final Path room = Files.createTempDirectory("patchbay-screen-");
    private final Process server;
    private final Map<String, String> environment;
    private final ByteBuffer pixels;

    Screen(String launcher) throws Exception {
        this.launcher = Path.of(launcher).toAbsolutePath().toString();
        Path display = room.resolve("display");
        server = new ProcessBuilder("sh", "-c",
                "exec Xvfb -displayfd 3 -screen 0 " + WIDTH + "x" + HEIGHT + "x24 -nolisten tcp -fbdir '" + room + "' 3>'" + display + "'")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        while (!Files.exists(display) || Files.readString(display).isBlank()) {
            Thread.sleep(20);
        }
        environment = Map.of(
                "HOME", room.toString(),
                "XDG_DATA_HOME", room.resolve("data").toString(),
                "XDG_STATE_HOME", room.resolve("state").toString(),
                "XDG_CONFIG_HOME", room.resolve("config").toString(),
                "XDG_RUNTIME_DIR", Files.createDirectory(room.resolve("run")).toString(),
                "DISPLAY", ":" + Files.readString(display).strip());
        try (FileChannel file = new RandomAccessFile(room.resolve("Xvfb_screen0").toFile(), "r").getChannel()) {
            pixels = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
        }
    }

    Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Into as many bytes as [#bytes] says.
    void read(byte[] into) {
        pixels.get(pixels.capacity() - into.length, into);
    }

    static byte[] bytes() {
        return new byte[LINE * HEIGHT];
    }

    /// Which part of a piece of the screen is another than before.
    static double changed(byte[] before, byte[] after, int left, int top, int right, int bottom) {
        int other = 0;
        for (int y = top; y < bottom; y++) {
            for (int i = y * LINE + left * 4; i < y * LINE + right * 4; i += 4) {
                other += before[i] == after[i] && before[i + 1] == after[i + 1] ? 0 : 1;
            }
        }
        return (double) other / (right - left) / (bottom - top);
    }

    /// The proportional set size of one process, in MB; 0 when it has ended.
    static double memory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }

    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() throws Exception {
        start("lab", "down").waitFor();
        server.destroy();
        server.waitFor();
        try (Stream<Path> files = Files.walk(room)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
