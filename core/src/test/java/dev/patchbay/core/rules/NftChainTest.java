package dev.patchbay.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NftChainTest {
    /// As nft 1.0.6 prints it.
    private static final String TEXT = """
            table inet firewalld {
            	set blocked {
            		type ipv4_addr
            		flags interval
            	}

            	chain filter_INPUT {
            		comment "what arrives"
            		type filter hook input priority filter + 10; policy accept;
            		ct state vmap { established : accept,
            				 related : accept }
            		iifname "lo" accept
            	}

            	chain filter_IN_public_pre {
            	}
            }
            """;

    private static final Topology NOTHING = new Topology(
            1,
            new Host(
                    "host",
                    List.of(),
                    true,
                    null,
                    List.of(),
                    new KernelState("host", true, List.of(), List.of(), KernelState.Transport.DEFAULT)),
            List.of(),
            List.of(),
            List.of());

    @Test
    void chainsHaveTheirHookAndTheirRulesInOrder() {
        KernelTable table = table(TEXT);

        assertThat(NftChain.of(table))
                .containsExactly(
                        new NftChain(
                                "filter_INPUT",
                                "type filter hook input priority filter + 10; policy accept;",
                                List.of(
                                        new NftRule(
                                                table,
                                                "filter_INPUT",
                                                1,
                                                "ct state vmap { established : accept, related : accept }"),
                                        new NftRule(table, "filter_INPUT", 2, "iifname \"lo\" accept"))),
                        new NftChain("filter_IN_public_pre", "", List.of()));
    }

    @Test
    void aTableThatCouldNotBeReadHasNoRules() {
        assertThat(NftChain.of(table(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        iifname "lo" accept | A packet arriving on lo is let through. firewalld made this rule.
        iifname != "lo" oifname "eth0" drop | A packet arriving on anything but lo leaving by eth0 is dropped. firewalld made this rule.
        tcp dport 22 accept | A TCP packet (tcp dport 22) is let through. firewalld made this rule.
        ip saddr 10.0.0.0/8 udp dport { 53, 67 } accept | A packet from 10.0.0.0/8 (udp dport { 53, 67 }) is let through. firewalld made this rule.
        ip6 daddr != fe80::/64 reject with icmpx admin-prohibited | A packet to anything but fe80::/64 (with icmpx admin-prohibited) is refused, and its sender told. firewalld made this rule.
        ip saddr @blocked drop | A packet (ip saddr @blocked) is dropped. firewalld made this rule.
        ct state vmap { established : accept, related : accept } | A packet (ct state vmap { established : accept, related : accept }) goes where the map says. firewalld made this rule.
        tcp dport vmap { 22 : accept } | A packet (tcp dport vmap { 22 : accept }) goes where the map says. firewalld made this rule.
        iifname "lo" meta mark set 0x1 | A packet arriving on lo (meta mark set 0x1) goes on to the next rule. firewalld made this rule.
        iifname "lo" counter | A packet arriving on lo (counter) is counted, nothing else. firewalld made this rule.
        jump filter_INPUT_ZONES | A packet goes through filter_INPUT_ZONES. firewalld made this rule.
        goto filter_IN_public | A packet goes through filter_IN_public. firewalld made this rule.
        log prefix "filter_IN_public_DROP: " drop | A packet (log prefix "filter_IN_public_DROP: ") is dropped. firewalld made this rule.
        tcp dport 8080 dnat ip to 192.0.2.7:80 | A TCP packet (tcp dport 8080) is rewritten to another destination. firewalld made this rule.
        """)
    void aRuleIsReadOut(String text, String sentence) {
        RuleMeaning meaning = new NftRule(table(""), "filter_INPUT", 1, text).meaning(NOTHING);
        assertThat(meaning.owner()).isEqualTo(RuleOwner.FIREWALLD);
        assertThat(meaning.sentence()).hasToString(sentence);
    }

    @Test
    void germanSaysTheSame() {
        assertThat(new NftRule(table(""), "filter_INPUT", 1, "iifname \"lo\" accept")
                        .meaning(NOTHING)
                        .sentence()
                        .text(Locale.GERMAN))
                .isEqualTo("Ein Paket, das über lo ankommt, wird durchgelassen. Diese Regel stammt von firewalld.");
    }

    @ParameterizedTest
    @CsvSource({
        "firewalld, x, FIREWALLD",
        "firewalld_policy_drop, x, FIREWALLD",
        "netavark, x, PODMAN",
        "docker-bridges, x, DOCKER",
        "nat, OUTPUT_direct, FIREWALLD",
        "mine, input, OTHER"
    })
    void theOwnerIsToldByTableOrChain(String table, String chain, RuleOwner owner) {
        KernelTable named = new KernelTable("inet", table, List.of(chain), "", "");
        assertThat(new NftRule(named, chain, 1, "accept").meaning(NOTHING).owner())
                .isEqualTo(owner);
    }

    private static KernelTable table(String text) {
        return new KernelTable("inet", "firewalld", List.of("filter_INPUT", "filter_IN_public_pre"), text, "");
    }
}
