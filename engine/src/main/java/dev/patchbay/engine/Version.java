package dev.patchbay.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// The version of this build, as the POM states it.
public final class Version {
    private static final String RESOURCE = "version.properties";

    private Version() {}

    public static String current() {
        try (var in = Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var properties = new Properties();
            properties.load(in);
            return Objects.requireNonNull(properties.getProperty("version"), "version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
