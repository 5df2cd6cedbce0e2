package dev.patchbay.core.docker.hosts;

/// An engine that may be asked.
///
/// @param name as `--host` takes it
/// @param address as `unix:///var/run/docker.sock` or `tcp://192.0.2.7:2375`
/// @param origin where it was found, for a person
/// @param obstacle why it cannot be used; empty when nothing is known to be in the way
public record DockerHost(String name, String address, String origin, String obstacle) {
    private static final String UNIX = "unix://";

    public boolean usable() {
        return obstacle.isEmpty();
    }

    /// Whether it listens on a socket of this machine.
    public boolean isHere() {
        return address.startsWith(UNIX);
    }

    DockerHost named(String other) {
        return new DockerHost(other, address, origin, obstacle);
    }
}
