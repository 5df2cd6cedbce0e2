package dev.patchbay.app.canvas.scene;

/// Sizes on the canvas, in pixels at zoom 1. All are multiples of the unit: a card takes two units of a
/// rail, a plug without a card takes one.
public final class Dimensions {
    public static final double HOST_WIDTH = 190;
    /// Width of the corridor between the host panel and the lanes. All cables of published ports pass
    /// through it.
    public static final double GUTTER = 54;
    public static final double GAP = 26;

    /// Around the whole scene.
    public static final double MARGIN = 20;

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

    /// Height of the corridor below a row of cards and above a rail, where cables cross a lane.
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
