package dev.patchbay.app.traffic;

import java.util.Arrays;

/// The rates of one link. Only samples with traffic are kept, because most of a thousand links are idle
/// most of the time.
final class RateSeries {
    private static final int FIRST = 16;

    private int[] ticks = new int[FIRST];
    private float[] received = new float[FIRST];
    private float[] sent = new float[FIRST];
    private int begin;
    private int end;

    /// @param tick number of the sample, greater than all before
    void add(int tick, double in, double out) {
        if (in == 0 && out == 0) {
            return;
        }
        if (end == ticks.length) {
            grow();
        }
        ticks[end] = tick;
        received[end] = (float) in;
        sent[end++] = (float) out;
    }

    void dropBefore(int tick) {
        while (begin < end && ticks[begin] < tick) {
            begin++;
        }
    }

    /// Adds the rates to sums that begin with the sample `from`.
    void addTo(double[] receivedSums, double[] sentSums, int from) {
        for (int i = end - 1; i >= begin && ticks[i] >= from; i--) {
            int place = ticks[i] - from;
            receivedSums[place] += received[i];
            sentSums[place] += sent[i];
        }
    }

    private void grow() {
        int kept = end - begin;
        int size = Math.max(FIRST, kept * 2);
        ticks = Arrays.copyOf(Arrays.copyOfRange(ticks, begin, end), size);
        received = Arrays.copyOf(Arrays.copyOfRange(received, begin, end), size);
        sent = Arrays.copyOf(Arrays.copyOfRange(sent, begin, end), size);
        begin = 0;
        end = kept;
    }
}
