package dev.patchbay.app.traffic;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.LinkCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rates of every link and every published port over the last hour, one sample per second.
final class TrafficHistory {
    static final int MAX_SAMPLES = TrafficSpan.HOUR.seconds();
    /// A chart cannot show more points.
    private static final int MAX_POINTS = 600;

    /// The samples of the last hour in a ring buffer: sample `tick` has the index `tick % MAX_SAMPLES`.
    private final long[] nanos = new long[MAX_SAMPLES];
    private final Instant[] times = new Instant[MAX_SAMPLES];
    private int ticks;

    private final Map<String, RateSeries> links = new HashMap<>();
    private final Map<Id, RateSeries> ports = new HashMap<>();
    private Map<String, LinkCounters> linksBefore = Map.of();
    private Map<Id, Long> portsBefore = Map.of();
    private long nanosBefore;

    /// @param connections number of connections to each published port so far
    void add(HostRules sample, Map<Id, Long> connections, Instant now) {
        Map<String, LinkCounters> linksNow = new HashMap<>();
        sample.links().forEach(link -> linksNow.put(link.name(), link));
        double seconds = (sample.nanos() - nanosBefore) / 1e9;
        if (!linksBefore.isEmpty() && seconds > 0) {
            nanos[ticks % MAX_SAMPLES] = sample.nanos();
            times[ticks % MAX_SAMPLES] = now;
            linksNow.forEach((name, link) -> add(name, link, linksBefore.get(name), seconds));
            connections.forEach((port, count) -> {
                // The count of a port that was published again starts at 0, which must not give a
                // negative number of connections.
                double opened = Math.max(0, count - portsBefore.getOrDefault(port, count)) / seconds;
                ports.computeIfAbsent(port, _ -> new RateSeries()).add(ticks, opened, 0);
            });
            ticks++;
            prune(linksNow.keySet(), connections.keySet());
        }
        linksBefore = linksNow;
        portsBefore = Map.copyOf(connections);
        nanosBefore = sample.nanos();
    }

    private void add(String name, LinkCounters now, @Nullable LinkCounters then, double seconds) {
        if (then != null) {
            links.computeIfAbsent(name, _ -> new RateSeries())
                    .add(
                            ticks,
                            Math.max(0, now.rxBytes() - then.rxBytes()) / seconds,
                            Math.max(0, now.txBytes() - then.txBytes()) / seconds);
        }
    }

    private void prune(Set<String> linksThere, Set<Id> portsThere) {
        int first = Math.max(0, ticks - MAX_SAMPLES);
        links.keySet().retainAll(linksThere);
        ports.keySet().retainAll(portsThere);
        links.values().forEach(series -> series.dropBefore(first));
        ports.values().forEach(series -> series.dropBefore(first));
    }

    /// The sum over links within the span, oldest first. Neighbours are averaged when there are more
    /// than a chart can show.
    ///
    /// @param swapped whether the links are seen from their containers: the bytes that a link receives
    ///     were sent by its container
    List<TrafficPoint> points(Set<String> names, boolean swapped, TrafficSpan span) {
        if (names.isEmpty()) {
            return List.of();
        }
        int from = firstWithin(span.seconds());
        int count = ticks - from;
        double[] in = new double[count];
        double[] out = new double[count];
        sum(names, in, out, from);
        int group = (count + MAX_POINTS - 1) / MAX_POINTS;
        List<TrafficPoint> points = new ArrayList<>();
        for (int end = count; end > 0; end -= group) {
            int begin = Math.max(0, end - group);
            double rx = mean(in, begin, end);
            double tx = mean(out, begin, end);
            double ago = (nanos[(ticks - 1) % MAX_SAMPLES] - nanos[(from + end - 1) % MAX_SAMPLES]) / 1e9;
            points.add(swapped ? new TrafficPoint(ago, tx, rx) : new TrafficPoint(ago, rx, tx));
        }
        return points.reversed();
    }

    /// The newest sample; zero before the first one.
    TrafficPoint newest(Set<String> names, boolean swapped) {
        double[] in = new double[1];
        double[] out = new double[1];
        if (ticks > 0) {
            sum(names, in, out, ticks - 1);
        }
        return swapped ? new TrafficPoint(0, out[0], in[0]) : new TrafficPoint(0, in[0], out[0]);
    }

    private void sum(Set<String> names, double[] in, double[] out, int from) {
        for (String name : names) {
            RateSeries series = links.get(name);
            if (series != null) {
                series.addTo(in, out, from);
            }
        }
    }

    private static double mean(double[] values, int begin, int end) {
        double sum = 0;
        for (int i = begin; i < end; i++) {
            sum += values[i];
        }
        return sum / (end - begin);
    }

    private int firstWithin(int seconds) {
        int first = ticks;
        while (first > Math.max(0, ticks - MAX_SAMPLES)
                && (nanos[(ticks - 1) % MAX_SAMPLES] - nanos[(first - 1) % MAX_SAMPLES]) / 1e9 < seconds + 0.5) {
            first--;
        }
        return first;
    }

    /// Connections per second to a published port, in the newest sample.
    double connections(Id port) {
        double[] opened = new double[1];
        RateSeries series = ports.get(port);
        if (series != null && ticks > 0) {
            series.addTo(opened, new double[1], ticks - 1);
        }
        return opened[0];
    }

    /// Writes one line for each sample of the last hour, oldest first, after a line of column names.
    void csv(Set<String> names, boolean swapped, Consumer<String> line) {
        int from = Math.max(0, ticks - MAX_SAMPLES);
        double[] in = new double[ticks - from];
        double[] out = new double[ticks - from];
        sum(names, in, out, from);
        line.accept("time,received_bytes_per_second,sent_bytes_per_second");
        for (int i = 0; i < in.length; i++) {
            line.accept(times[(from + i) % MAX_SAMPLES] + "," + Math.round(swapped ? out[i] : in[i]) + ","
                    + Math.round(swapped ? in[i] : out[i]));
        }
    }
}
