package dev.patchbay.engine.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.util.HexFormat;

/// An Ethernet address, written `02:42:ac:12:00:02`.
public record MacAddress(@JsonValue String text) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":");

    @JsonCreator
    public MacAddress {
        if (HEX.parseHex(text).length != 6) {
            throw new IllegalArgumentException("invalid MAC address: " + text);
        }
    }

    public static MacAddress of(byte[] sixBytes) {
        return new MacAddress(HEX.formatHex(sixBytes));
    }

    /// Docker 20.10's rule: `02:42`, then the four bytes of the IPv4 address.
    public static MacAddress fromIpv4(InetAddress address) {
        byte[] ip = address.getAddress();
        return of(new byte[] {0x02, 0x42, ip[0], ip[1], ip[2], ip[3]});
    }

    public byte[] bytes() {
        return HEX.parseHex(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
