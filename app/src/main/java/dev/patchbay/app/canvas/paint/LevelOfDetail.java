package dev.patchbay.app.canvas.paint;

/// How much detail is drawn at a zoom level.
public enum LevelOfDetail {
    /// Lanes, and one dot for each container.
    FAR,
    /// Also names.
    MIDDLE,
    /// Everything.
    NEAR;

    public static LevelOfDetail forScale(double scale) {
        if (scale < 0.3) {
            return FAR;
        }
        return scale < 0.58 ? MIDDLE : NEAR;
    }
}
