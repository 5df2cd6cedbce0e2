package dev.patchbay.app.export;

import dev.patchbay.app.text.Messages;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// The file dialog of the platform, for Compose files.
public final class OpenFileChooser implements OpenFilePrompt {
    private final Window owner;

    public OpenFileChooser(Window owner) {
        this.owner = owner;
    }

    @Override
    public void choose(Consumer<Path> chosen) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.of("compose.choose"));
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(Messages.of("compose.files"), "*.yaml", "*.yml"),
                        new FileChooser.ExtensionFilter(Messages.of("compose.allFiles"), "*"));
        File file = chooser.showOpenDialog(owner);
        if (file != null) {
            chosen.accept(file.toPath());
        }
    }
}
