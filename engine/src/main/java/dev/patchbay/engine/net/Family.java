package dev.patchbay.engine.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// An address family, with the names of its rules and tools. JSON has its name: `IPV4`.
public enum Family {
    IPV4("iptables", 32, "127.0.0.0/8"),
    IPV6("ip6tables", 128, "::1/128");

    private final String iptablesCommand;
    private final int addressBits;
    private final Cidr loopbackPrefix;

    Family(String tool, int addressBits, String loopback) {
        this.iptablesCommand = tool;
        this.addressBits = addressBits;
        this.loopbackPrefix = Cidr.of(loopback);
    }

    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /// The command that a person types: `iptables`.
    public String iptablesCommand() {
        return iptablesCommand;
    }

    /// The addresses that belong to the host itself: `127.0.0.0/8`.
    public Cidr loopbackPrefix() {
        return loopbackPrefix;
    }

    public boolean includes(InetAddress address) {
        return switch (this) {
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }

    /// The prefix of all addresses: `0.0.0.0/0`, `::/0`.
    public Cidr anyPrefix() {
        return new Cidr(Addresses.of(new byte[addressBits / Byte.SIZE]), 0);
    }

    /// The prefix of one address: `172.18.0.2/32`.
    public Cidr hostPrefix(InetAddress address) {
        return new Cidr(address, addressBits);
    }
}
