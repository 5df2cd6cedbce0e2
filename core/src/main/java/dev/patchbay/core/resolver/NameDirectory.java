package dev.patchbay.core.resolver;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.dns.DnsChange;
import dev.patchbay.engine.dns.DnsRecord;
import dev.patchbay.engine.dns.NetworkMember;
import dev.patchbay.engine.dns.ServedNetwork;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of each network by name and address. Thread-safe; a change becomes visible all at once.
final class NameDirectory {
    private final Map<Id, ServedNetwork> networks = new HashMap<>();
    private final Map<InetAddress, Id> ownAddresses = new HashMap<>();
    private final Map<Id, NetworkMember> members = new LinkedHashMap<>();
    private final Map<Id, Set<Id>> bySandbox = new HashMap<>();
    private final Map<Id, Index> indexes = new HashMap<>();
    private int rotation;

    /// The members of one network by name and by address.
    private record Index(Map<String, Set<NetworkMember>> byName, Map<InetAddress, NetworkMember> byAddress) {
        Index() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    /// @return the networks whose listeners may have to change
    synchronized Set<Id> apply(DnsChange change) {
        Set<Id> touched = new LinkedHashSet<>();
        for (Id id : change.remove()) {
            remove(id, touched);
        }
        for (DnsRecord put : change.put()) {
            switch (put) {
                case ServedNetwork network -> {
                    remove(network.id(), touched);
                    networks.put(network.id(), network);
                    network.gateways().forEach(gateway -> ownAddresses.put(gateway, network.id()));
                    touched.add(network.id());
                }
                case NetworkMember member -> {
                    remove(member.id(), touched);
                    add(member);
                    touched.add(member.network());
                }
            }
        }
        return touched;
    }

    private void add(NetworkMember member) {
        members.put(member.id(), member);
        bySandbox.computeIfAbsent(member.sandbox(), _ -> new LinkedHashSet<>()).add(member.id());
        Index index = indexes.computeIfAbsent(member.network(), _ -> new Index());
        member.names()
                .forEach(name -> index.byName()
                        .computeIfAbsent(name, _ -> new LinkedHashSet<>())
                        .add(member));
        member.addresses().forEach(address -> index.byAddress().put(address, member));
    }

    private void remove(Id id, Set<Id> touched) {
        if (networks.remove(id) instanceof ServedNetwork gone) {
            gone.gateways().forEach(gateway -> ownAddresses.remove(gateway, id));
            touched.add(id);
        }
        NetworkMember old = members.remove(id);
        if (old == null) {
            return;
        }
        touched.add(old.network());
        bySandbox.computeIfPresent(old.sandbox(), (_, ids) -> without(ids, id));
        indexes.computeIfPresent(old.network(), (_, index) -> {
            old.addresses().forEach(address -> index.byAddress().remove(address, old));
            old.names().forEach(name -> index.byName().computeIfPresent(name, (_, named) -> without(named, old)));
            return index.byName().isEmpty() ? null : index;
        });
    }

    private static <T> @Nullable Set<T> without(Set<T> set, T gone) {
        set.remove(gone);
        return set.isEmpty() ? null : set;
    }

    /// The addresses at which the network's members query; empty when it has none.
    synchronized List<InetAddress> gateways(Id network) {
        ServedNetwork known = networks.get(network);
        return known == null || !indexes.containsKey(network) ? List.of() : known.gateways();
    }

    synchronized boolean isOwnAddress(InetAddress address) {
        return ownAddresses.containsKey(address);
    }

    /// The member of this network that has the address; null when there is none.
    synchronized @Nullable NetworkMember member(Id network, InetAddress address) {
        Index index = indexes.get(network);
        return index == null ? null : index.byAddress().get(address);
    }

    /// The addresses of a name on the networks of the client: of all members that have the name on the
    /// first network where one exists, rotated at each call. Null when no member has it.
    ///
    /// The name may end in a network's name. Both may have dots, so `a.b.c` is looked up as it is, then
    /// as `a.b` on a network `c`, then as `a` on a network `b.c`, as in Docker.
    ///
    /// @param name in lower case, without a trailing dot
    synchronized @Nullable List<InetAddress> addresses(NetworkMember client, String name) {
        List<InetAddress> found = findOnNetworks(client, name, null);
        for (int dot = name.lastIndexOf('.'); found == null && dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            found = findOnNetworks(client, name.substring(0, dot), name.substring(dot + 1));
        }
        if (found != null) {
            Collections.rotate(found, rotation++);
        }
        return found;
    }

    private @Nullable List<InetAddress> findOnNetworks(NetworkMember client, String name, @Nullable String network) {
        for (Id place : bySandbox.getOrDefault(client.sandbox(), Set.of())) {
            Id id = members.get(place) instanceof NetworkMember member ? member.network() : client.network();
            if (network != null
                    && !(networks.get(id) instanceof ServedNetwork served
                            && served.name().equals(network))) {
                continue;
            }
            Index index = indexes.get(id);
            Set<NetworkMember> named = index == null ? null : index.byName().get(name);
            if (named != null) {
                List<InetAddress> addresses = new ArrayList<>();
                named.forEach(member -> addresses.addAll(member.addresses()));
                return addresses;
            }
        }
        return null;
    }

    /// The name of the member with this address on one of the client's networks, as `web01.shop`.
    synchronized @Nullable String reverseLookup(NetworkMember client, InetAddress address) {
        for (Id place : bySandbox.getOrDefault(client.sandbox(), Set.of())) {
            if (members.get(place) instanceof NetworkMember own
                    && member(own.network(), address) instanceof NetworkMember found
                    && networks.get(own.network()) instanceof ServedNetwork network) {
                return found.names().getFirst() + "." + network.name();
            }
        }
        return null;
    }
}
