package dev.patchbay.app.reachability;

/// An end that can be chosen.
///
/// @param id as the core reads it: `host`, `outside` or a container's id
/// @param name as a person reads it
public record PeerChoice(String id, String name) {
    @Override
    public String toString() {
        return name;
    }
}
