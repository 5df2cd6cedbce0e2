package dev.patchbay.app.canvas.scene;

/// Measures of the picture, in pixels at zoom 1. Everything is a multiple of the unit: a card takes two units of a
/// rail, a plug without a card takes one.
public final class Dimensions {
    public static final double HOST_WIDTH = 190;
    /// From the host panel to the lanes: the corridor that every published cable goes through.
    public static final double GUTTER = 54;
    public static final double GAP = 26;

    public static final double UNIT = 100;
    public static final double LANE_LEFT = 34;
    public static final double LANE_RIGHT = 10;
    public static final double HEADER = 38;
    public static final double RAIL = 62;
    public static final double RAIL_INSET = 20;
    public static final double CARD_TOP = 88;
    public static final double CARD_WIDTH = 168;
    public static final double CARD_HEIGHT = 92;
    public static final double ROW_PITCH = 156;
    public static final double LANE_BOTTOM = 22;

    public static final double PIN_HEIGHT = 22;
    public static final double PIN_TOP = 58;
    public static final double PILL_HEIGHT = 18;
    public static final double PORT_HEIGHT = 30;
    public static final double PORT_PITCH = 40;
    public static final double NIC_HEIGHT = 54;
    public static final double NIC_GAP = 8;

    /// Under a row of cards, and over a rail: where cables run across a lane.
    public static final double CHANNEL = 11;
    public static final double OVER_RAIL = 13;

    private Dimensions() {}

    public static double laneWidth(int units) {
        return LANE_LEFT + units * UNIT + LANE_RIGHT;
    }

    public static double laneHeight(int rows) {
        return CARD_TOP + CARD_HEIGHT + LANE_BOTTOM + (rows - 1) * ROW_PITCH;
    }
}
