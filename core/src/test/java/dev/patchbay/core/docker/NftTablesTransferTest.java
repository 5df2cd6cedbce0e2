package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.helper.HelperConnection;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The text of nftables tables is sent when it changed, and counters are sent each time.
class NftTablesTransferTest extends BothEnginesTest {
    private static final int ADDRESSES = 5000;

    private final List<Reply.Counters> sent = new ArrayList<>();

    private HelperConnection recording(HelperConnection helper) {
        return new HelperConnection() {
            @Override
            public <R extends Reply> Answer<R> call(Request<R> request) throws EngineException {
                Answer<R> answer = helper.call(request);
                if (answer instanceof Answer.Granted<R>(Reply.Counters counters)) {
                    sent.add(counters);
                }
                return answer;
            }

            @Override
            public void subscribe(HelperClient.Subscriber subscriber) throws EngineException {
                helper.subscribe(subscriber);
            }

            @Override
            public void close() {
                helper.close();
            }
        };
    }

    private static int length(HostRules rules) {
        return rules.tables().stream()
                .mapToInt(table -> table.text().length() + table.json().length())
                .sum();
    }

    private static KernelTable mine(HostRules rules) {
        return rules.tables().stream()
                .filter(table -> table.name().equals("mine"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tablesAreSentOnceAndCountersEachTime() throws Exception {
        engine.onHost(
                "nft 'table inet mine { set s { type ipv4_addr; flags interval; }; chain c { type filter hook input"
                        + " priority 5; ip saddr @s counter drop; }; }'; nft \"add element inet mine s {$(for i in $(seq 0"
                        + " 2 "
                        + ADDRESSES + "); do printf '10.200.%d.%d,' $((i / 256)) $((i % 256)); done)}\"");
        web("shown", "--network", "bridge");
        assertThat(podman("run -d --name other docker.io/library/httpd:2.4")).isNotEmpty();
        try (HelperSession session =
                HelperSession.open(() -> recording(HelperConnection.of(HelperClient.connect(helper()))))) {
            HostRules first = session.rules();
            assertThat(mine(first).json()).contains("10.200.1.2").hasSizeGreaterThan(ADDRESSES * 5);
            engine.onHost("busybox ping -c 1 127.0.0.1");
            HostRules second = session.rules();
            assertThat(sent.stream().map(counters -> length(counters.rules()))).containsExactly(length(first), 0);
            assertThat(second.tables()).isEqualTo(first.tables());
            assertThat(seeing.counters().tables()).as("Docker").isEqualTo(first.tables());
            assertThat(podman.counters().tables()).as("Podman").isEqualTo(first.tables());
            assertThat(second.chains()).isNotEmpty();
            assertThat(second.links()).as("bytes of lo").isNotEqualTo(first.links());

            engine.onHost("nft add rule inet mine c tcp dport 2 drop");
            HostRules third = session.rules();
            assertThat(mine(third).text()).contains("tcp dport 2 drop");
            assertThat(length(sent.getLast().rules())).isEqualTo(length(third)).isPositive();
            session.rules();
            engine.onHost("nft delete table inet mine");
            assertThat(session.rules().tables()).noneMatch(table -> table.name().equals("mine"));
            assertThat(length(sent.get(3).rules())).isZero();
        } finally {
            podman("rm -f -t 0 other");
            engine.onHost("nft delete table inet mine 2>/dev/null || true");
            engine.docker("rm", "-f", "shown");
        }
    }
}
