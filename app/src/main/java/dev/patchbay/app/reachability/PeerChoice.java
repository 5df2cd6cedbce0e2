package dev.patchbay.app.reachability;

/// A peer that a person can choose.
///
/// @param id as the core reads it: `host`, `outside` or a container's id
/// @param name as the window shows it
public record PeerChoice(String id, String name) {
    @Override
    public String toString() {
        return name;
    }
}
