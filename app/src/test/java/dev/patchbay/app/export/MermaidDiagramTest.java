package dev.patchbay.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.hosts.SampleTopology;
import org.junit.jupiter.api.Test;

class MermaidDiagramTest {
    @Test
    void networksContainersPlacesAndPorts() {
        assertThat(MermaidDiagram.of(SampleTopology.seed()).lines())
                .containsExactly(
                        "flowchart LR",
                        "    host([\"lab\"])",
                        "    network1[[\"bridge<br>172.17.0.0/16\"]]",
                        "    network2[[\"mydockernet<br>172.18.0.0/16\"]]",
                        "    container3[\"web01<br>httpd:2.4\"]",
                        "    container4[\"web02<br>httpd:2.4\"]",
                        "    network2 --- |\"172.18.0.2\"| container3",
                        "    host ==> |\"*:8080 → 80/tcp\"| container3",
                        "    network2 --- |\"172.18.0.3\"| container4",
                        "    host -.-> |\"*:8081 → 80/tcp\"| container4");
    }

    @Test
    void whatMeansSomethingToMermaidIsWrittenAsAnEntity() {
        String text = MermaidDiagram.of(SampleTopologies.hostile().build());
        assertThat(text.lines().skip(1))
                .allMatch(line -> line.replaceAll("\"[^\"]*\"", "").matches("[ A-Za-z0-9()\\[\\]|=.>-]*"));
        assertThat(text.replace("<br>", "").lines().skip(1)).noneMatch(line -> line.contains("<"));
    }
}
