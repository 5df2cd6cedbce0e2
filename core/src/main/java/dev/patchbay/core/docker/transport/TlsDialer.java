package dev.patchbay.core.docker.transport;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/// Opens TLS connections to an engine on TCP. The engine's certificate must be for the given host name
/// or address.
record TlsDialer(String host, int port, TlsFiles files, SSLContext context) implements Dialer {
    /// The default port of engines with TLS.
    private static final int DEFAULT_PORT = 2376;

    private static final int TIMEOUT_MILLIS = 5000;
    private static final String ALERT = "Received fatal alert: ";

    /// The names of the TLS alerts (RFC 8446) for a missing or refused certificate.
    private static final List<String> CERTIFICATE_ALERTS =
            List.of("certificate", "unknown_ca", "access_denied", "handshake_failure");

    /// Keep-alives detect a lost machine within a minute, as over ssh; the kernel's default is two
    /// hours.
    private static final int KEEPALIVE_SECONDS = 15;

    private static final int KEEPALIVE_PROBES = 3;

    /// @param address as `tcp://192.0.2.7:2376`
    /// @throws EngineException when the files are invalid
    static TlsDialer of(String address, TlsFiles files) throws EngineException {
        URI uri = URI.create(address);
        return new TlsDialer(
                Objects.requireNonNullElse(uri.getHost(), "").replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                files,
                TlsContextFactory.read(files));
    }

    @Override
    public Connection connect() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            keepAlive(plain);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            if (!files.skipVerify()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            socket.setSoTimeout(0);
            return new TlsConnection(this, socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            plain.close();
            throw new IOException(sentence(e), e);
        }
    }

    private static void keepAlive(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_SECONDS);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    }

    private String sentence(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> "there is no host " + host;
            case SSLException refused -> sentence(refused);
            default -> e.getMessage() + ": is it running?";
        };
    }

    private String sentence(SSLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains(ALERT)) {
            String alert = message.substring(message.indexOf(ALERT) + ALERT.length());
            if (CERTIFICATE_ALERTS.stream().noneMatch(alert::contains)) {
                return "it ends TLS with the alert " + alert;
            }
            return files.certificate() == null
                    ? "it asks for a certificate (" + alert + "), and cert.pem and key.pem are not there"
                    : "it does not take the certificate in " + files.certificate() + " (" + alert + ")";
        }
        if (causes(e).anyMatch(CertPathBuilderException.class::isInstance)) {
            return "whoever answers has a certificate that none in "
                    + Objects.requireNonNullElse(files.ca(), "Java's own list") + " has signed";
        }
        return causes(e)
                .filter(CertificateException.class::isInstance)
                .reduce((_, deepest) -> deepest)
                .map(reason -> "the engine's certificate is not for " + host + " now: " + reason.getMessage())
                .orElse("no TLS with it: " + message);
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause);
    }

    private record TlsConnection(TlsDialer dialer, SSLSocket socket, InputStream in, OutputStream out)
            implements Connection {
        private static final System.Logger LOG = System.getLogger(TlsDialer.class.getName());

        /// With TLS 1.3 the engine checks the person's certificate after the handshake has ended here.
        @Override
        public String failureReason(IOException cause) {
            return cause instanceof SSLException refused ? dialer.sentence(refused) : "";
        }

        @Override
        public String failureReason() {
            return "";
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection did not close", e);
            }
        }
    }
}
