package dev.patchbay.core.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"c1", "ab_.-", "A9", "0x", "web01"})
    void containersMayHaveWhatDockerAllows(String name) throws RefusedException {
        assertThat(NameRules.validContainerName(name, Specs.EMPTY)).isEqualTo(name);
    }

    @Test
    void aLeadingSlashIsNotPartOfTheName() throws RefusedException {
        assertThat(NameRules.validContainerName("/web01", Specs.EMPTY)).isEqualTo("web01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-ab", "a b", "a/b", "", "ä1", "web01\n"})
    void otherContainerNamesAreRefused(String name) {
        assertThatThrownBy(() -> NameRules.validContainerName(name, Specs.EMPTY))
                .hasMessage("Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "mydockernet", "n.1-2_3"})
    void networksMayHaveOneLetter(String name) throws RefusedException {
        NameRules.checkNetworkName(name, Specs.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b/c", "-x", "x\ny", "é"})
    void otherNetworkNamesAreRefused(String name) {
        assertThatThrownBy(() -> NameRules.checkNetworkName(name, Specs.EMPTY))
                .hasMessage("Invalid network name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    @Test
    void everyIdHasANameThatIsAllowed() throws RefusedException {
        for (int i = 0; i < 200; i++) {
            String name = RandomNames.of(Id.random(), i);
            assertThat(NameRules.validContainerName(name, Specs.EMPTY)).matches("[a-z]+_[a-z]+\\d*");
        }
    }

    @Test
    void attemptsGiveDifferentNames() {
        Id id = Id.random();
        assertThat(IntStream.range(0, 500).mapToObj(attempt -> RandomNames.of(id, attempt)))
                .doesNotHaveDuplicates();
    }

    @Test
    void oneSeedGivesTheSameIdsInTheSameOrder() {
        Id seed = Id.random();
        IdSequence first = new IdSequence(seed);
        IdSequence second = new IdSequence(seed);
        List<Id> ids = List.of(first.next(), first.next(), first.next());
        assertThat(List.of(second.next(), second.next(), second.next())).isEqualTo(ids);
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpd", "httpd:2.4", "library/httpd", "docker.io/library/httpd:latest"})
    void httpdIsTheBuiltInWebServer(String image) throws RefusedException {
        assertThat(LabImage.resolve(image, List.of()).workload()).isEqualTo(new Workload.Web());
        assertThat(LabImage.resolve(image, List.of("httpd-foreground")).workload())
                .isEqualTo(new Workload.Web());
        assertThat(LabImage.resolve(image, List.of("sleep", "9")).workload())
                .isEqualTo(new Workload.Command(List.of("sleep", "9")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "busybox:1", "", "httpd2", "evil/httpd", "httpd:"})
    void anyOtherImageIsUnknown(String image) {
        assertThatThrownBy(() -> LabImage.resolve(image, List.of("x")))
                .hasMessageStartingWith("A Lab has no image " + image + ": it runs httpd");
    }
}
