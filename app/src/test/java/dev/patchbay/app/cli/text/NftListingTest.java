package dev.patchbay.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftListingTest {
    private static final String TEXT = """
            table inet firewalld {
            	chain filter_INPUT {
            		type filter hook input priority filter + 10; policy accept;
            		iifname "lo" accept
            	}
            }
            """;
    private static final KernelTable READ = new KernelTable("inet", "firewalld", List.of("filter_INPUT"), TEXT, "");
    private static final KernelTable UNREAD = new KernelTable("ip", "mine", List.of("first", "second"), "", "");

    @Test
    void eachRuleIsFollowedByItsMeaning() {
        assertThat(lines(false)).containsExactly("""
                table inet firewalld
                    chain filter_INPUT
                        type filter hook input priority filter + 10; policy accept;
                        iifname "lo" accept
                            └ firewalld: A packet arriving on lo is let through. firewalld made this rule.

                table ip mine
                    chain first
                    chain second
                    Its rules cannot be shown: nft is missing (Debian's package nftables), or they are too many.
                """.split("\n"));
    }

    @Test
    void plainIsWhatNftSays() {
        assertThat(lines(true)).startsWith(TEXT.split("\n")).contains("table ip mine", "    chain second");
    }

    private static List<String> lines(boolean plain) {
        return NftListing.lines(List.of(READ, UNREAD), SampleTopology.empty(), plain);
    }
}
