package dev.patchbay.app.export;

import java.nio.file.Path;
import java.util.function.Consumer;

/// Asks a person where to save a file.
@FunctionalInterface
public interface SaveFilePrompt {

    /// @param suggestedName the proposed name of the file
    /// @param chosen not called when the person cancels
    void choose(String suggestedName, Consumer<Path> chosen);
}
