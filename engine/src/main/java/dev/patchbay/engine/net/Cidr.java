package dev.patchbay.engine.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;

/// An address with its prefix length, of either family, as `172.18.0.2/16`. Host bits are kept as given.
public record Cidr(InetAddress address, int prefixLength) {

    public Cidr {
        if (prefixLength < 0 || prefixLength > address.getAddress().length * 8) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " does not fit " + address);
        }
    }

    /// Parses `address/length`; never uses DNS.
    @JsonCreator
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("invalid CIDR address: " + text);
        }
        try {
            return new Cidr(Addresses.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid CIDR address: " + text, e);
        }
    }

    /// The same prefix with its host bits cleared.
    public Cidr network() {
        byte[] bytes = address.getAddress();
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new Cidr(Addresses.of(bytes), prefixLength);
    }

    public boolean contains(InetAddress other) {
        if (other.getAddress().length != address.getAddress().length) {
            return false;
        }
        return new Cidr(other, prefixLength)
                .network()
                .address()
                .equals(network().address());
    }

    public boolean overlaps(Cidr other) {
        return prefixLength <= other.prefixLength ? contains(other.address) : other.contains(address);
    }

    public boolean isIpv4() {
        return address.getAddress().length == 4;
    }

    @JsonValue
    @Override
    public String toString() {
        return Addresses.format(address) + "/" + prefixLength;
    }
}
