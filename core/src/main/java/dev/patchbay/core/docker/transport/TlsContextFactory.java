package dev.patchbay.core.docker.transport;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Creates Java's SSLContext from [TlsFiles].
final class TlsContextFactory {
    /// Key stores in memory need one, but it protects nothing.
    private static final char[] PASSWORD = {};

    private TlsContextFactory() {}

    /// @throws EngineException with a sentence, when a file is invalid
    static SSLContext read(TlsFiles files) throws EngineException {
        String obstacle = files.problem();
        if (!obstacle.isEmpty()) {
            throw new EngineException("prepare TLS", obstacle);
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(files), trustManagers(files), null);
            return context;
        } catch (IOException e) {
            throw EngineException.of("prepare TLS", e);
        } catch (GeneralSecurityException e) {
            throw new EngineException("prepare TLS", String.valueOf(e.getMessage()), e);
        }
    }

    private static KeyManager @Nullable [] keyManagers(TlsFiles files) throws IOException, GeneralSecurityException {
        Path certificate = files.certificate();
        Path key = files.key();
        if (certificate == null || key == null) {
            return null;
        }
        List<X509Certificate> chain = PemReader.certificates(certificate);
        PrivateKey secret = PemReader.key(key, chain.getFirst().getPublicKey());
        KeyStore store = emptyKeyStore();
        store.setKeyEntry("own", secret, PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    /// Null for Java's default.
    private static TrustManager @Nullable [] trustManagers(TlsFiles files)
            throws IOException, GeneralSecurityException {
        if (files.skipVerify()) {
            return new TrustManager[] {new TrustAllManager()};
        }
        Path ca = files.ca();
        if (ca == null) {
            return null;
        }
        KeyStore store = emptyKeyStore();
        for (X509Certificate certificate : PemReader.certificates(ca)) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyKeyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, PASSWORD);
        return store;
    }
}
