package dev.patchbay.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
    @Test
    void whatCouldHideOrReorderTextIsWrittenOut() {
        assertThat(SafeText.escapeAndShorten("a\u202eb\nc\u0000d\u200be\ud800f"))
                .isEqualTo("a<U+202E>b<U+000A>c<U+0000>d<U+200B>e<U+D800>f");
    }

    @Test
    void lettersOfEveryScriptStay() {
        assertThat(SafeText.escapeAndShorten("Zürich 東京 مرحبا 🚢")).isEqualTo("Zürich 東京 مرحبا 🚢");
    }

    @Test
    void longTextLosesItsMiddle() {
        String text = "start" + "-".repeat(200) + "end";
        String shown = SafeText.escapeAndShorten(text);
        assertThat(shown).startsWith("start").endsWith("end").contains("…");
        assertThat(shown.codePointCount(0, shown.length())).isEqualTo(SafeText.MAX_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "172.18.0.2, 172.18.0.0/16, .2",
        "172.18.3.7, 172.18.0.0/16, .3.7",
        "192.168.5.9, 192.168.5.0/24, .9",
        "10.1.2.3, 10.0.0.0/8, .1.2.3",
        "192.168.5.9, 10.0.0.0/8, 192.168.5.9"
    })
    void anAddressIsShortenedToWhatTellsItFromItsNeighbours(String address, String subnet, String label) {
        assertThat(SafeText.addressInSubnet(InetAddress.ofLiteral(address), Cidr.of(subnet)))
                .isEqualTo(label);
    }
}
