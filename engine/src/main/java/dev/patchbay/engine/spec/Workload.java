package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What runs in a sandbox.
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

    /// A command of the machine's own files, run as it stands, without a shell.
    record Command(List<String> words) implements Workload {
        public Command {
            words = List.copyOf(words);
            if (words.isEmpty() || words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
                throw new IllegalArgumentException("a command has at least one word");
            }
        }
    }

    /// Somebody else's, in a namespace of theirs: that of a container engine which has Patchbay for a network driver.
    record DriverManaged() implements Workload {}

    /// Somebody else's, too, in a namespace of theirs that the helper goes into: that of an engine's container
    /// which is plugged into a network of Patchbay's beside the engine.
    ///
    /// @param engine address of the engine that has the container, as `unix:///run/docker.sock`; nothing is asked
    ///     there, but whose the socket is
    /// @param namespace file that leads to the namespace, another one after each start; null while the
    ///     container does not run
    record ExternalNetns(
            String engine,
            @JsonSetter(nulls = Nulls.SET) @Nullable String namespace) implements Workload {
        /// An absolute path, without what a command line could take for something else.
        private static final Pattern FILE_PATTERN = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");

        public ExternalNetns {
            if (namespace != null && !FILE_PATTERN.matcher(namespace).matches()) {
                throw new IllegalArgumentException("not a namespace's file: " + namespace);
            }
        }
    }
}
