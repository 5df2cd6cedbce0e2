package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// What runs in a sandbox.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Workload.Web.class, name = "web"),
    @JsonSubTypes.Type(value = Workload.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Workload.Foreign.class, name = "foreign")
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
    record Foreign() implements Workload {}
}
