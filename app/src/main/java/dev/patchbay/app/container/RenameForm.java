package dev.patchbay.app.container;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Renames a container.
public final class RenameForm implements ChangeForm {
    private final Container container;
    private final StringProperty name;
    private final ChangePreview preview;

    public RenameForm(HostViewModel host, Tasks tasks, Container container) {
        this.container = container;
        name = new SimpleStringProperty(container.name());
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(name);
    }

    public StringProperty name() {
        return name;
    }

    public String nameProblem() {
        return InputParser.isName(name.get().strip()) ? "" : Messages.of("form.name.bad");
    }

    @Override
    public @Nullable Change change() {
        String wanted = name.get().strip();
        return nameProblem().isEmpty() && !wanted.equals(container.name())
                ? new Change.RenameContainer(container.name(), wanted)
                : null;
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
