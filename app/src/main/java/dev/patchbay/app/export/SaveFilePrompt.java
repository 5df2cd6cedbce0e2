package dev.patchbay.app.export;

import java.nio.file.Path;
import java.util.function.Consumer;

/// Asks a person where a file should go.
@FunctionalInterface
public interface SaveFilePrompt {

    /// @param suggestedName the file's name to start with
    /// @param chosen not called when the person thinks better of it
    void choose(String suggestedName, Consumer<Path> chosen);
}
