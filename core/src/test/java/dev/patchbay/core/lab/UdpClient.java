package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Outside of a Lab, it sends to a UDP port of the host, always from the same port, and notes who answers.
final class UdpClient implements AutoCloseable {
    /// Answers every datagram with its own name. Thinks before it answers, so that an answer is on its way when the
    /// port is taken back.
    private static final String SERVER = "my $s = IO::Socket::INET->new(Proto => 'udp', LocalPort => 5353) or die $!;"
            + "while (defined $s->recv(my $m, 99)) { select(undef, undef, undef, 0.05); $s->send('NAME') }";

    /// Sends from one port for ever, and writes a line for each answer, or `none`.
    private static final String CLIENT = "$| = 1;"
            + "my $s = IO::Socket::INET->new(Proto => 'udp', LocalPort => FROM, PeerAddr => '198.51.100.2:TO');"
            + "while (1) { $s->send('?'); vec(my $r = '', fileno($s), 1) = 1;"
            + " my $m; my $a = select($r, undef, undef, 0.1) && defined $s->recv($m, 99) ? $m : 'none';"
            + " print qq($a\n); select(undef, undef, undef, 0.02) }";

    private final RealLab lab;
    private final Path answers;
    private final Path pid;

    UdpClient(RealLab lab, Path home, int from, int to) throws EngineException {
        this.lab = lab;
        this.answers = home.resolve("answers");
        this.pid = home.resolve("client");
        String program = CLIENT.replace("'", "\"").replace("FROM", "" + from).replace("TO", "" + to);
        lab.outside("perl -MIO::Socket::INET -e '" + program + "' >" + answers + " 2>&1 & echo $! >" + pid);
    }

    /// Runs a container that answers on UDP port 5353.
    static void serve(RealLab lab, String name, String network) throws EngineException {
        List<String> command = List.of("perl", "-MIO::Socket::INET", "-e", SERVER.replace("NAME", name));
        lab.done(Change.RunContainer.of(name, "host", command, List.of(EndpointRequest.on(network))));
    }

    /// Five times, so that none of them was on its way already.
    void awaitAnswers(String expected) {
        await().untilAsserted(() -> assertThat(last()).hasSize(5).containsOnly(expected));
    }

    private List<String> last() throws IOException {
        List<String> lines = Files.readAllLines(answers);
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }

    @Override
    public void close() throws EngineException {
        lab.onHost("kill $(cat " + pid + ")");
    }
}
