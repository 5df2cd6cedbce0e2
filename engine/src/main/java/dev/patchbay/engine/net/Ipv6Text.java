package dev.patchbay.engine.net;

import java.net.InetAddress;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// IPv6 addresses as RFC 5952 wants them: small hexadecimal digits without leading zeros, the longest run of two or
/// more zero groups as `::`, the first of equally long ones. An IPv4-mapped address ends in the IPv4 address, as
/// section 5 has it and the kernel's tools write it.
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String format(byte[] sixteenBytes) {
        InetAddress address = Addresses.of(sixteenBytes);
        if (Addresses.isMapped(address)) {
            return "::ffff:" + Addresses.format(Addresses.unmapped(address));
        }
        int[] groups = IntStream.range(0, GROUPS)
                .map(i -> ((sixteenBytes[2 * i] & 0xff) << 8) | (sixteenBytes[2 * i + 1] & 0xff))
                .toArray();
        int start = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return length == 1
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }
}
