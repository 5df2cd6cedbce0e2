package dev.patchbay.app.export;

import java.nio.file.Path;
import java.util.function.Consumer;

/// Asks a person which file to read.
@FunctionalInterface
public interface OpenFilePrompt {

    /// @param chosen not called when the person cancels
    void choose(Consumer<Path> chosen);
}
