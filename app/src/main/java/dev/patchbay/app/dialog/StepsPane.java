package dev.patchbay.app.dialog;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/// The steps of a change, collapsed at first, and the refusal of the host.
final class StepsPane {
    private static final int MAX_LINES = 9;

    private final TextArea lines = new TextArea();
    private final TitledPane stepsSection = new TitledPane();
    private final Label refusal = new Label();
    private final VBox box = new VBox(8);

    StepsPane(ChangePreview preview) {
        lines.setEditable(false);
        lines.getStyleClass().addAll("mono", "steps");
        lines.setAccessibleText(Messages.of("steps.accessible"));
        stepsSection.setContent(lines);
        stepsSection.setExpanded(false);
        stepsSection.setAnimated(false);
        stepsSection.getStyleClass().addAll("steps-fold", "dense");
        stepsSection.setId("steps");
        refusal.setWrapText(true);
        refusal.getStyleClass().add("refusal");
        refusal.setId("refusal");
        box.getChildren().addAll(refusal, stepsSection);
        show(new ChangePreview.State.Incomplete());
        preview.state().subscribe(this::show);
    }

    Node node() {
        return box;
    }

    private void show(ChangePreview.State state) {
        switch (state) {
            case ChangePreview.State.Incomplete _ -> {
                setRefusal("");
                stepsSection.setText(Messages.of("steps.incomplete"));
                setSteps(List.of());
            }
            // Keeps the previous steps until the answer arrives, because a text that flickers at each
            // key is hard to read.
            case ChangePreview.State.Asking _ -> {}
            case ChangePreview.State.Steps planned -> {
                setRefusal("");
                stepsSection.setText(
                        Messages.count("steps.title", planned.steps().size()));
                setSteps(planned.steps());
            }
            case ChangePreview.State.Refused(var why) -> {
                String sentence = RefusalText.of(why);
                setRefusal(why.advice().isEmpty() ? sentence : sentence + "\n" + why.advice());
                stepsSection.setText(Messages.of("steps.refused"));
                setSteps(List.of());
            }
        }
    }

    private void setRefusal(String text) {
        refusal.setText(text);
        Nodes.setShown(refusal, !text.isEmpty());
    }

    private void setSteps(List<PlannedStep> steps) {
        stepsSection.setDisable(steps.isEmpty());
        lines.setText(DisplayFormat.steps(steps));
        lines.setPrefRowCount(Math.clamp(lines.getParagraphs().size(), 2, MAX_LINES));
    }
}
