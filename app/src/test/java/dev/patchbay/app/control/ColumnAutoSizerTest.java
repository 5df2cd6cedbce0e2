package dev.patchbay.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

class ColumnAutoSizerTest extends ApplicationTest {
    private final ObservableList<String> rows = FXCollections.observableArrayList(
            IntStream.range(0, 2000).mapToObj(i -> "row " + i).toList());
    private final AtomicInteger measured = new AtomicInteger();
    private final TableColumn<String, String> column = new TableColumn<>("A");

    @Override
    public void start(Stage stage) {
        TableView<String> table = new TableView<>(rows);
        table.getColumns().add(column);
        new ColumnAutoSizer<>(table, rows)
                .add(
                        column,
                        row -> {
                            measured.incrementAndGet();
                            return row;
                        },
                        4,
                        ColumnAutoSizer.SizePolicy.SHRINK);
        stage.setScene(new Scene(table, 600, 300));
        stage.show();
    }

    @Test
    void aRowThatComesIsMeasuredAlone() {
        double before = column.getPrefWidth();
        measured.set(0);
        interact(() -> {
            rows.addFirst("a row with a longer text");
            rows.removeLast();
        });
        assertThat(measured.get()).isEqualTo(1);
        assertThat(column.getPrefWidth()).isGreaterThan(before);
    }

    @Test
    void otherRowsAreMeasuredAnew() {
        interact(() -> rows.addFirst("a row with a longer text"));
        double before = column.getPrefWidth();
        interact(() -> rows.setAll("short", "rows"));
        assertThat(column.getPrefWidth()).isLessThan(before);
    }
}
