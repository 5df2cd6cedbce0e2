package dev.patchbay.app.dialog;

import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses typed values. The host decides whether they are possible.
public final class InputParser {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private InputParser() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public static boolean isCidr(String text) {
        try {
            return Cidr.of(text).isIpv4();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public static boolean isIpv6Cidr(String text) {
        try {
            return !Cidr.of(text).isIpv4();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public static @Nullable InetAddress parseAddress(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return address.getAddress().length == 4 ? address : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// A port number from 1; null for anything else.
    public static @Nullable Integer parsePort(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65535 ? port : null;
    }

    /// Mappings in the syntax of `docker run -p`, separated by blanks.
    public static List<PortMapping> parsePorts(String text) throws PortArgument.InvalidPortException {
        List<PortMapping> mappings = new ArrayList<>();
        for (String word : text.strip().split("\\s+|,(?!from=)")) {
            if (!word.isEmpty()) {
                mappings.add(PortArgument.mapping(word));
            }
        }
        return mappings;
    }

    /// Splits a command into words; quotes keep blanks inside a word, as in a shell.
    public static List<String> splitWords(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String quoted = word.group(1) != null ? word.group(1) : word.group(2);
            words.add(quoted != null ? quoted : word.group(3));
        }
        return words;
    }
}
