package dev.patchbay.core.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real `openssl` writes.
class PemReaderTest {
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

    /// With the certificate of this or another one.
    private PrivateKey read(Path file, Path certified) throws Exception {
        return PemReader.key(
                file, PemReader.certificates(certificate(certified)).getFirst().getPublicKey());
    }

    private Path inTheNewForm(Path older) throws Exception {
        Path newer = openssl("new.pem", "pkcs8", "-topk8", "-nocrypt", "-in", older.toString());
        assertThat(newer).content().contains("BEGIN PRIVATE KEY");
        return newer;
    }

    @Test
    void theOldAndTheNewFormOfAnRsaKeyAreTheSame() throws Exception {
        for (String bits : List.of("512", "2048")) {
            Path older = openssl("old.pem", "genrsa", "-traditional", bits);
            assertThat(older).content().contains("BEGIN RSA PRIVATE KEY");
            assertThat(read(older, older).getEncoded())
                    .isEqualTo(read(inTheNewForm(older), older).getEncoded());
        }
    }

    @Test
    void theOldAndTheNewFormOfAKeyOnACurveAreTheSame() throws Exception {
        for (String curve : List.of("prime256v1", "secp384r1", "secp521r1")) {
            Path older = openssl("old.pem", "ecparam", "-name", curve, "-genkey");
            assertThat(older).content().contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
            ECPrivateKey key = (ECPrivateKey) read(older, older);
            ECPrivateKey same = (ECPrivateKey) read(inTheNewForm(older), older);
            assertThat(key.getS()).isEqualTo(same.getS());
            assertThat(key.getParams()).isEqualTo(same.getParams());
            TlsContextFactory.read(new TlsFiles(null, certificate(older), older, false));
        }
    }

    @Test
    void keysOfOtherKindsAreRead() throws Exception {
        Path edwards = openssl("ed.pem", "genpkey", "-algorithm", "ED25519");
        assertThat(read(edwards, edwards).getAlgorithm()).isEqualTo("EdDSA");
        assertThat(PemReader.certificates(certificate(edwards)))
                .singleElement()
                .satisfies(certificate ->
                        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=me"));
        TlsContextFactory.read(new TlsFiles(null, certificate(edwards), edwards, false));
    }

    @Test
    void whatCannotBeReadIsNamedWithWhatHelps() throws Exception {
        Path rsa = openssl("rsa.pem", "genrsa", "-traditional", "2048");
        Path locked =
                openssl("locked.pem", "rsa", "-traditional", "-aes256", "-passout", "pass:x", "-in", rsa.toString());
        assertThatThrownBy(() -> read(locked, rsa))
                .hasMessage("the key in " + locked + " is an RSA PRIVATE KEY with a passphrase: `openssl pkcs8 -topk8"
                        + " -nocrypt -in " + locked + " -out NEW` writes it as one that can be read");
        Path sealed = openssl("sealed.pem", "pkcs8", "-topk8", "-passout", "pass:x", "-in", rsa.toString());
        assertThatThrownBy(() -> read(sealed, rsa)).hasMessageContaining("an ENCRYPTED PRIVATE KEY: ");
        Path certificate = certificate(rsa);
        assertThatThrownBy(() -> read(certificate, rsa))
                .hasMessageStartingWith("there is no private key in " + certificate);
        assertThatThrownBy(() -> PemReader.certificates(rsa))
                .hasMessageStartingWith("there is no certificate in " + rsa);
        for (Path other : List.of(
                openssl("other.pem", "genpkey", "-algorithm", "ED25519"),
                openssl("curve.pem", "ecparam", "-name", "prime256v1", "-genkey"))) {
            assertThatThrownBy(() -> TlsContextFactory.read(new TlsFiles(null, certificate, other, false)))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e -> assertThat(e.reason())
                                    .isEqualTo("the key in " + other
                                            + " is not that of the certificate, which is for RSA"));
        }
    }

    @Test
    void filesThatAreNotThereAreNamed() throws IOException {
        assertThat(TlsFiles.ofContext(directory, false).problem()).isEmpty();
        assertThat(TlsFiles.ofDirectory(directory, true).problem()).isEmpty();
        assertThat(TlsFiles.ofDirectory(directory, false).problem())
                .isEqualTo("there is no " + directory
                        + "/ca.pem, which the engine is known by over TLS: DOCKER_CERT_PATH" + " says where it is");
        Files.createFile(directory.resolve("ca.pem"));
        Files.createFile(directory.resolve("cert.pem"));
        assertThat(TlsFiles.ofDirectory(directory, false).problem())
                .isEqualTo("there is " + directory + "/cert.pem, and no key.pem beside it");
        Files.delete(directory.resolve("cert.pem"));
        Files.createFile(directory.resolve("key.pem"));
        assertThat(TlsFiles.ofContext(directory, false).problem())
                .isEqualTo("there is " + directory + "/key.pem, and no cert.pem beside it");
    }
}
