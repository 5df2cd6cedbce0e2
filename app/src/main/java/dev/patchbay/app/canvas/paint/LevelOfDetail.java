package dev.patchbay.app.canvas.paint;

/// How much of the scene can be told apart at a zoom.
public enum LevelOfDetail {
    /// Lanes, and a dot for each container.
    FAR,
    /// Names.
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
