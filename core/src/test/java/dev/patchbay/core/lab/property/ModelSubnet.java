package dev.patchbay.core.lab.property;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An IPv4 subnet in numbers.
record ModelSubnet(long first, int length) {
    static ModelSubnet of(String text) {
        String[] parts = text.split("[./]");
        long number = 0;
        for (int i = 0; i < 4; i++) {
            number = number * 256 + Integer.parseInt(parts[i]);
        }
        return new ModelSubnet(number, Integer.parseInt(parts[4]));
    }

    static long number(String address) {
        return of(address + "/32").first;
    }

    long last() {
        return first + (1L << (32 - length)) - 1;
    }

    boolean overlaps(ModelSubnet other) {
        return first <= other.last() && other.first <= last();
    }

    String gateway() {
        return text(first + 1);
    }

    /// Whether an endpoint may have it: neither the subnet's name, nor its broadcast address, nor the gateway's.
    boolean isForEndpoints(String address) {
        long number = number(address);
        return number > first + 1 && number < last();
    }

    /// The lowest address that is free, or an empty text.
    String lowestFree(Set<String> used) {
        for (long number = first + 2; number < last(); number++) {
            if (!used.contains(text(number))) {
                return text(number);
            }
        }
        return "";
    }

    static String text(long number) {
        return IntStream.of(24, 16, 8, 0)
                .mapToObj(shift -> Long.toString(number >> shift & 255))
                .collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return text(first) + "/" + length;
    }
}
