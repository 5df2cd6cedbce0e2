package dev.patchbay.core.docker.api;

/// A version of the API, as `1.41`.
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /// The newest version that Patchbay supports: that of Docker 28.
    static final ApiVersion NEWEST = new ApiVersion(1, 48);

    /// The oldest version that has all requests: that of Docker 19.03.
    static final ApiVersion OLDEST = new ApiVersion(1, 40);

    /// @return [#OLDEST] for an invalid text
    static ApiVersion of(String text) {
        String[] parts = text.split("\\.", 2);
        try {
            return new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            return OLDEST;
        }
    }

    /// The version to use with an engine of this version: the lower of both maximums.
    ApiVersion negotiated() {
        return compareTo(NEWEST) < 0 ? this : NEWEST;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
