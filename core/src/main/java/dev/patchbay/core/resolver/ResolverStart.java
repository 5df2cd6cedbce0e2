package dev.patchbay.core.resolver;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.names.NameWire;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.xbill.DNS.Message;

/// How the resolver's JVM is started: small, since it is there all the time, and with just the classes it
/// needs.
public final class ResolverStart {
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-Xss256k",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            // How late dnsjava may notice that a server is silent: its second would be most of our patience.
            "-Ddnsjava.nio.selector_timeout=100",
            // dnsjava logs through slf4j, which would complain that nobody listens.
            "-Dslf4j.internal.verbosity=ERROR");

    private ResolverStart() {}

    /// The resolver of this very program, run by this very JVM.
    public static List<String> words() throws EngineException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(SMALL_JVM);
        words.add("-cp");
        try {
            words.add(Stream.of(
                            place(ResolverMain.class), place(NameWire.class), place(Message.class), place(Logger.class))
                    .collect(Collectors.joining(File.pathSeparator)));
        } catch (URISyntaxException e) {
            throw new EngineException("find the resolver's classes", String.valueOf(e.getMessage()), e);
        }
        words.add(ResolverMain.class.getName());
        return words;
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
