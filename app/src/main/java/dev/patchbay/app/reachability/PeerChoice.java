package dev.patchbay.app.reachability;

/// A peer that a person can choose.
///
/// @param id as the core reads it: `host`, `outside`, a container's id, or an address
/// @param name as the window shows it
public record PeerChoice(String id, String name) {
    /// Whether it is not of the list: an address, say.
    public boolean isTyped() {
        return id.equals(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
