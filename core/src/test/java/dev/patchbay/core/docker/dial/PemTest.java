package dev.patchbay.core.docker.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real `openssl` writes.
class PemTest {
    @TempDir
    Path directory;

    @BeforeEach
    void needsOpenssl() {
        OpenSsl.isNeeded();
    }

    private Path openssl(String name, String command, String... words) throws Exception {
        return OpenSsl.write(directory.resolve(name), command, words);
    }

    private Path certificate(Path key) throws Exception {
        return openssl("cert.pem", "req", "-x509", "-key", key.toString(), "-subj", "/CN=me", "-text");
    }

    @Test
    void theOldAndTheNewFormOfAnRsaKeyAreTheSame() throws Exception {
        for (String bits : List.of("512", "2048")) {
            Path older = openssl("old.pem", "genrsa", "-traditional", bits);
            Path newer = openssl("new.pem", "pkcs8", "-topk8", "-nocrypt", "-in", older.toString());
            assertThat(older).content().contains("BEGIN RSA PRIVATE KEY");
            assertThat(newer).content().contains("BEGIN PRIVATE KEY");
            PrivateKey key = Pem.key(older, "RSA");
            assertThat(key.getEncoded()).isEqualTo(Pem.key(newer, "RSA").getEncoded());
        }
    }

    @Test
    void keysOfOtherKindsAreRead() throws Exception {
        Path curve = openssl("ec.pem", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        assertThat(Pem.key(curve, "EC").getAlgorithm()).isEqualTo("EC");
        assertThat(Pem.certificates(certificate(curve)))
                .singleElement()
                .satisfies(certificate ->
                        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=me"));
        TlsKeys.read(new TlsFiles(null, certificate(curve), curve, false));
    }

    @Test
    void whatCannotBeReadIsNamedWithWhatHelps() throws Exception {
        Path curve = openssl("ec.pem", "ecparam", "-name", "prime256v1", "-genkey", "-noout");
        assertThatThrownBy(() -> Pem.key(curve, "EC"))
                .hasMessage("the key in " + curve + " is an EC PRIVATE KEY: `openssl pkcs8 -topk8 -nocrypt -in " + curve
                        + " -out NEW` writes it as one that can be read");
        Path rsa = openssl("rsa.pem", "genrsa", "-traditional", "2048");
        Path locked =
                openssl("locked.pem", "rsa", "-traditional", "-aes256", "-passout", "pass:x", "-in", rsa.toString());
        assertThatThrownBy(() -> Pem.key(locked, "RSA")).hasMessageContaining("an RSA PRIVATE KEY with a passphrase: ");
        Path sealed = openssl("sealed.pem", "pkcs8", "-topk8", "-passout", "pass:x", "-in", rsa.toString());
        assertThatThrownBy(() -> Pem.key(sealed, "RSA")).hasMessageContaining("an ENCRYPTED PRIVATE KEY: ");
        Path certificate = certificate(rsa);
        assertThatThrownBy(() -> Pem.key(certificate, "RSA"))
                .hasMessageStartingWith("there is no private key in " + certificate);
        assertThatThrownBy(() -> Pem.certificates(rsa)).hasMessageStartingWith("there is no certificate in " + rsa);
        Path other = openssl("other.pem", "genpkey", "-algorithm", "ED25519");
        assertThatThrownBy(() -> TlsKeys.read(new TlsFiles(null, certificate, other, false)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.reason())
                                .isEqualTo(
                                        "the key in " + other + " is not that of the certificate, which is for RSA"));
    }

    @Test
    void filesThatAreNotThereAreNamed() throws IOException {
        assertThat(TlsFiles.ofContext(directory, false).obstacle()).isEmpty();
        assertThat(TlsFiles.ofDirectory(directory, true).obstacle()).isEmpty();
        assertThat(TlsFiles.ofDirectory(directory, false).obstacle())
                .isEqualTo("there is no " + directory
                        + "/ca.pem, which the engine is known by over TLS: DOCKER_CERT_PATH" + " says where it is");
        Files.createFile(directory.resolve("ca.pem"));
        Files.createFile(directory.resolve("cert.pem"));
        assertThat(TlsFiles.ofDirectory(directory, false).obstacle())
                .isEqualTo("there is " + directory + "/cert.pem, and no key.pem beside it");
        Files.delete(directory.resolve("cert.pem"));
        Files.createFile(directory.resolve("key.pem"));
        assertThat(TlsFiles.ofContext(directory, false).obstacle())
                .isEqualTo("there is " + directory + "/key.pem, and no cert.pem beside it");
    }
}
