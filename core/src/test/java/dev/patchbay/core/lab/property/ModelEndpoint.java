package dev.patchbay.core.lab.property;

/// Where a container of the model is on a network.
///
/// @param net key of the network
/// @param link number of the link inside, the 0 of `eth0`
/// @param address6 empty for none
record ModelEndpoint(int net, int link, String address, String address6, int priority, boolean route) {
    ModelEndpoint withRoute(boolean here) {
        return new ModelEndpoint(net, link, address, address6, priority, here);
    }
}
