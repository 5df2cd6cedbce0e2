package dev.patchbay.app.canvas.paint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgSurfaceTest {
    private static SceneModel scene(Topology topology) {
        return SceneLayout.of(topology, Arrangement.none()).scene();
    }

    private static Document parsed(SceneModel scene, Theme theme) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(SceneRenderer.toSvg(scene, Palette.of(theme)))));
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", "text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyThingIsThereAsText(Theme theme) throws Exception {
        SceneModel scene = scene(SampleTopologies.target().build());
        List<String> texts = texts(parsed(scene, theme));
        assertThat(texts)
                .containsAll(
                        scene.cards().stream().map(SceneModel.CardView::name).toList());
        assertThat(texts)
                .containsAll(scene.lanes().stream()
                        .map(SceneModel.LaneView::subnet)
                        .filter(subnet -> !subnet.isEmpty())
                        .toList());
        assertThat(texts)
                .containsAll(
                        scene.plugs().stream().map(SceneModel.PlugView::address).toList());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theHostPanelSaysWhatItSaysOnTheScreen(Language language) throws Exception {
        Messages.setLanguage(language);
        try {
            assertThat(texts(parsed(scene(SampleTopologies.target().build()), Theme.DARK)))
                    .contains(
                            Messages.of("picture.host"),
                            Messages.of("picture.drop"),
                            Messages.of("picture.ports"),
                            Messages.of("picture.routing"));
        } finally {
            Messages.setLanguage(Language.ENGLISH);
        }
    }

    @Test
    void theViewHoldsTheWholeSceneAndFontsAreNamed() throws Exception {
        SceneModel scene = scene(SampleTopologies.many(300, 12).build());
        Document document = parsed(scene, Theme.LIGHT);
        String[] view = document.getDocumentElement().getAttribute("viewBox").split(" ");
        assertThat(Double.parseDouble(view[2]))
                .isGreaterThanOrEqualTo(scene.bounds().width());
        assertThat(Double.parseDouble(view[3]))
                .isGreaterThanOrEqualTo(scene.bounds().height());
        NodeList all = document.getElementsByTagName("text");
        for (int i = 0; i < all.getLength(); i++) {
            assertThat(((Element) all.item(i)).getAttribute("font-family")).matches("(Inter|JetBrains Mono), .*");
        }
    }

    @Test
    void whatHasAProblemBearsAMark() throws Exception {
        Topology topology = SampleTopologies.target().build();
        assertThat(texts(parsed(scene(topology), Theme.LIGHT))).doesNotContain("!");
        Topology troubled = topology.with(List.of(
                new Problem(
                        TestTopologyBuilder.id("bridge"),
                        ProblemKind.BRIDGE_DOWN,
                        List.of("patchbay0", "bridge"),
                        List.of()),
                new Problem(
                        TestTopologyBuilder.id("mydockernet/web01"),
                        ProblemKind.CABLE_DOWN,
                        List.of("pbv1", "web01", "mydockernet"),
                        List.of())));
        assertThat(texts(parsed(scene(troubled), Theme.LIGHT)))
                .filteredOn("!"::equals)
                .hasSize(2);
    }

    @Test
    void hostileTextIsText() throws Exception {
        Document document = parsed(scene(SampleTopologies.hostile().build()), Theme.DARK);
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            assertThat(all.item(i).getNodeName()).isIn("svg", "title", "rect", "circle", "path", "text");
        }
        assertThat(texts(document)).allMatch(text -> text.chars().noneMatch(Character::isISOControl));
    }
}
