package dev.patchbay.app.cli.text;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Orders names with numbers as people expect: `n2` before `n10`.
public final class NaturalOrder {
    public static final Comparator<String> OF_NAMES = NaturalOrder::compare;

    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    private NaturalOrder() {}

    private static int compare(String left, String right) {
        Matcher one = PART.matcher(left);
        Matcher other = PART.matcher(right);
        while (one.find()) {
            if (!other.find()) {
                return 1;
            }
            int order = comparePart(one.group(), other.group());
            if (order != 0) {
                return order;
            }
        }
        return other.find() ? -1 : left.compareTo(right);
    }

    private static int comparePart(String left, String right) {
        boolean numbers = Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0));
        return numbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }
}
