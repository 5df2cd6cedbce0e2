package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The program of a sandbox.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Workload.Web.class, name = "web"),
    @JsonSubTypes.Type(value = Workload.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Workload.DriverManaged.class, name = "foreign"),
    @JsonSubTypes.Type(value = Workload.ExternalNetns.class, name = "entered")
})
public sealed interface Workload {
    /// The built-in web server: answers `It works!` on TCP port 80.
    record Web() implements Workload {}

    /// A command of the machine's own files, run without a shell.
    record Command(List<String> words) implements Workload {
        public Command {
            words = List.copyOf(words);
            if (words.isEmpty() || words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
                throw new IllegalArgumentException("a command has at least one word");
            }
        }
    }

    /// A program of a container engine that uses Patchbay's network driver, in a namespace of the
    /// engine.
    record DriverManaged() implements Workload {}

    /// A program of an engine's container that is attached to a network of Patchbay, in a namespace of
    /// the engine that the helper enters.
    ///
    /// @param engine address of the engine, as `unix:///run/docker.sock`; only the owner of the socket
    ///     is checked
    /// @param namespace file of the namespace, a new one after each start; null while the container does
    ///     not run
    record ExternalNetns(
            String engine,
            @JsonSetter(nulls = Nulls.SET) @Nullable String namespace) implements Workload {
        /// An absolute path without characters that a command line could misread.
        private static final Pattern FILE_PATTERN = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");

        public ExternalNetns {
            if (namespace != null && !FILE_PATTERN.matcher(namespace).matches()) {
                throw new IllegalArgumentException("not a namespace's file: " + namespace);
            }
        }
    }
}
