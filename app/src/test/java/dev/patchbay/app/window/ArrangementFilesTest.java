package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrangementFilesTest {
    @TempDir
    Path directory;

    @Test
    void thePictureStandsWhereItStood() throws IOException {
        Arrangement before = SceneLayout.of(SampleTopologies.target().build(), Arrangement.none())
                .arrangement();
        Path file = ArrangementFiles.file(directory.resolve("patchbay/window.properties"), "/home/of/a/lab");
        ArrangementFiles.write(file, before);
        assertThat(ArrangementFiles.read(file)).isEqualTo(before);
    }

    @Test
    void eachHostHasAFileOfItsOwn() {
        Path state = directory.resolve("window.properties");
        assertThat(ArrangementFiles.file(state, "/one")).isNotEqualTo(ArrangementFiles.file(state, "/other"));
    }

    @Test
    void aFileThatCannotBeReadIsNoReasonNotToStart() throws IOException {
        Path file = Files.writeString(directory.resolve("picture.json"), "{\"lanes\":");
        assertThat(ArrangementFiles.read(file)).isEqualTo(Arrangement.none());
        assertThat(ArrangementFiles.read(directory.resolve("none.json"))).isEqualTo(Arrangement.none());
    }
}
