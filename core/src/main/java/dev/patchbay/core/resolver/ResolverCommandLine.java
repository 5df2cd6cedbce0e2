package dev.patchbay.core.resolver;

import dev.patchbay.engine.CodeLocation;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.dns.DnsPipeFormat;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.xbill.DNS.Message;

/// The command line of the resolver's JVM: with little memory, since it always runs, and with only the
/// classes that it needs.
public final class ResolverCommandLine {
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-Xss256k",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            // The delay with which dnsjava notices a silent server; its default of a second would be
            // most of our timeout.
            "-Ddnsjava.nio.selector_timeout=100",
            // dnsjava logs through slf4j, which would warn that it has no logger.
            "-Dslf4j.internal.verbosity=ERROR");

    private ResolverCommandLine() {}

    /// The resolver of this program, run by this JVM.
    public static List<String> arguments() throws EngineException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM_OPTIONS);
        words.add("-cp");
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(ResolverMain.class, DnsPipeFormat.class, Message.class, Logger.class)) {
            places.add(CodeLocation.of(type).toString());
        }
        words.add(String.join(File.pathSeparator, places));
        words.add(ResolverMain.class.getName());
        return words;
    }
}
