package dev.patchbay.core.ipam;

import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;

/// Reserved addresses of a subnet: `--aux-address router=10.1.0.5`.
final class AuxiliaryAddresses {
    private AuxiliaryAddresses() {}

    static Map<String, InetAddress> read(Map<String, String> typed, Cidr subnet, InetAddress gateway)
            throws RefusedException {
        Map<String, InetAddress> reserved = new TreeMap<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(typed).entrySet()) {
            String named = entry.getKey() + ":" + entry.getValue();
            InetAddress address = Ip.parse(entry.getValue());
            if (address == null) {
                throw AddressRefusals.badAuxiliary(named);
            }
            if (!subnet.contains(address)) {
                throw AddressRefusals.auxiliaryOutside(named, subnet.network());
            }
            boolean taken = address.equals(gateway)
                    || PoolAllocator.isReserved(subnet, address)
                    || reserved.containsValue(address);
            if (taken) {
                throw AddressRefusals.auxiliaryTaken(named);
            }
            reserved.put(entry.getKey(), address);
        }
        return reserved;
    }
}
