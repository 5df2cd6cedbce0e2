package dev.patchbay.app.export;

import dev.patchbay.app.text.Messages;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// The file dialog of the platform.
public final class SaveFileChooser implements SaveFilePrompt {
    private final Window owner;

    public SaveFileChooser(Window owner) {
        this.owner = owner;
    }

    @Override
    public void choose(String suggestedName, Consumer<Path> chosen) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.of("export.title"));
        chooser.setInitialFileName(suggestedName);
        File file = chooser.showSaveDialog(owner);
        if (file != null) {
            chosen.accept(file.toPath());
        }
    }
}
