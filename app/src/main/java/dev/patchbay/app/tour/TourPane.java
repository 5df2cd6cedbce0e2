package dev.patchbay.app.tour;

import dev.patchbay.app.style.Icons;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.tour.TourViewModel.Position;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/// The pane of the tour: the remarks of a step, its command, the output, and the next command.
public final class TourPane {
    private static final int OUTPUT_LINES = 9;

    private final VBox card = new VBox(10);
    private final TourViewModel model;
    private final Label count = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Label remarks = new Label();
    private final Label command = new Label();
    private final TextArea output = new TextArea();
    private final Label next = new Label();
    private final Button step = new Button();
    private final Button play = new Button();

    public TourPane(TourViewModel model) {
        this.model = model;
        Label title = new Label(Messages.of("tour.title"));
        title.getStyleClass().add("sheet-title");
        count.getStyleClass().add("muted");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button close = Icons.button("tourClose", MaterialDesignC.CLOSE, Messages.of("tour.close"), model::close);
        close.getStyleClass().addAll("flat", "small");
        HBox head = new HBox(10, title, gap, count, close);
        head.setAlignment(Pos.CENTER_LEFT);
        progress.setMaxWidth(Double.MAX_VALUE);
        remarks.setWrapText(true);
        command.getStyleClass().addAll("mono", "strong");
        command.setWrapText(true);
        command.setId("tourCommand");
        output.getStyleClass().addAll("mono", "steps");
        output.setEditable(false);
        output.setPrefRowCount(OUTPUT_LINES);
        output.setId("tourOutput");
        output.setAccessibleText(Messages.of("tour.output"));
        next.getStyleClass().addAll("mono", "muted", "small-text");
        step.setId("tourStep");
        step.getStyleClass().add("accent");
        step.setMinWidth(Region.USE_PREF_SIZE);
        step.setOnAction(_ -> nextOrClose());
        play.setId("tourPlay");
        play.setMinWidth(Region.USE_PREF_SIZE);
        play.setOnAction(_ -> togglePlay());
        HBox.setHgrow(next, Priority.ALWAYS);
        next.setMaxWidth(Double.MAX_VALUE);
        HBox foot = new HBox(8, next, play, step);
        foot.setAlignment(Pos.CENTER_LEFT);
        card.getChildren().addAll(head, progress, remarks, command, output, foot);
        card.getStyleClass().addAll("change-sheet", "tour");
        card.setId("tour");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        card.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                nextOrClose();
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                model.close();
                event.consume();
            }
        });
        model.position().subscribe(this::show);
        model.playing().subscribe(on -> play.setText(on ? Messages.of("tour.rest") : Messages.of("tour.play")));
    }

    public Node node() {
        return card;
    }

    private void togglePlay() {
        if (model.playing().get()) {
            model.pause();
        } else {
            model.play();
        }
    }

    private void nextOrClose() {
        Position now = model.position().get();
        if (now != null && now.isLast() && !now.failed()) {
            model.close();
        } else {
            model.step();
        }
    }

    private void show(@Nullable Position now) {
        boolean appears = now != null && !card.isVisible();
        card.setVisible(now != null);
        if (now == null) {
            return;
        }
        count.setText(Messages.of("tour.count", now.number(), now.count()));
        progress.setProgress((double) now.number() / now.count());
        remarks.setText(String.join(" ", now.remarks()));
        command.setText(now.command().isEmpty() ? Messages.of("tour.intro") : "$ " + now.command());
        output.setText(now.output() == null ? "" : now.output());
        output.getStyleClass().remove("refusal");
        if (now.failed()) {
            output.getStyleClass().add("refusal");
        }
        boolean over = now.isLast() && !now.failed() && !now.isRunning();
        next.setText(over ? Messages.of("tour.over") : now.failed() ? "" : Messages.of("tour.next", now.next()));
        step.setText(
                over ? Messages.of("tour.done") : now.failed() ? Messages.of("tour.again") : Messages.of("tour.step"));
        play.setDisable(over || now.failed());
        if (appears) {
            step.requestFocus();
        }
    }
}
