package dev.patchbay.app.traffic;

/// The time span of the chart.
public enum TrafficSpan {
    MINUTE(60),
    TEN_MINUTES(600),
    HOUR(3600);

    private final int seconds;

    TrafficSpan(int seconds) {
        this.seconds = seconds;
    }

    public int seconds() {
        return seconds;
    }
}
