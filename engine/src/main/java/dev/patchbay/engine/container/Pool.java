package dev.patchbay.engine.container;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One subnet of a network.
///
/// @param subnet as the person wrote it, or as it was chosen; host bits are kept for inspect
/// @param range the part of the subnet for dynamic addresses; the whole subnet when null
/// @param auxiliary reserved addresses by name
/// @param subnetGiven whether the person chose the subnet, so that static addresses are allowed
/// @param gatewayGiven whether the person chose the gateway
public record Pool(
        Cidr subnet,
        InetAddress gateway,
        @JsonSetter(nulls = Nulls.SET) @Nullable Cidr range,
        Map<String, InetAddress> auxiliary,
        boolean subnetGiven,
        boolean gatewayGiven) {

    public Pool {
        auxiliary = Map.copyOf(auxiliary);
        if (!subnet.contains(gateway)) {
            throw new IllegalArgumentException("gateway " + Addresses.format(gateway) + " is not in " + subnet);
        }
    }

    /// The bridge's own address in this subnet.
    public Cidr gatewayAddress() {
        return new Cidr(gateway, subnet.prefixLength());
    }
}
