package dev.patchbay.core.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsDialerTest {
    @TempDir
    Path directory;

    @BeforeEach
    void needsOpenssl() {
        OpenSsl.isNeeded();
    }

    private OpenSsl.Server listen(String... words) throws Exception {
        Path key = OpenSsl.write(directory.resolve("key.pem"), "genrsa", "2048");
        Path certificate = OpenSsl.write(
                directory.resolve("cert.pem"), "req", "-x509", "-key", key.toString(), "-subj", "/CN=here");
        return OpenSsl.Server.start(key, certificate, words);
    }

    private static TlsDialer dialer(OpenSsl.Server server) throws EngineException {
        return TlsDialer.of("tcp://127.0.0.1:" + server.port(), new TlsFiles(null, null, null, true));
    }

    @Test
    void anAlertThatIsNotAboutCertificatesIsToldAsItIs() throws Exception {
        try (OpenSsl.Server server = listen("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
            TlsDialer dialer = dialer(server);
            assertThatThrownBy(dialer::connect).hasMessage("it ends TLS with the alert protocol_version");
        }
    }

    @Test
    void aMachineThatVanishedIsAskedForInSeconds() throws Exception {
        try (OpenSsl.Server server = listen();
                Dialer.Connection _ = dialer(server).connect()) {
            await().untilAsserted(() ->
                    assertThat(socketsTo(server.port())).containsPattern("timer:\\(keepalive,1?\\d(\\.\\d+)?sec,"));
        }
    }

    /// As the kernel has them.
    private static String socketsTo(int port) throws IOException {
        Process ss = new ProcessBuilder("ss", "-tnoH", "dst", "127.0.0.1:" + port).start();
        return new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
