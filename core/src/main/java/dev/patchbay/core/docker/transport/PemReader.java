package dev.patchbay.core.docker.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and keys in OpenSSL's PEM format, RFC 7468.
final class PemReader {
    private static final Pattern SECTION =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";

    /// Version 0 of a PKCS #8 key, and the algorithms rsaEncryption (complete) and id-ecPublicKey (its
    /// name, which a curve follows), as DER (RFC 5208, RFC 8017, RFC 5480).
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");

    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int LONG_FORM = 0x80;

    private record Section(String kind, String text) {}

    private PemReader() {}

    /// In the order of the file; never empty.
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Section section : sections(file)) {
            if (section.kind().equals(CERTIFICATE)) {
                certificates.add(certificate(file, bytes(file, section)));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException(
                    "there is no certificate in " + file + ": it begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    private static X509Certificate certificate(Path file, byte[] bytes) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new IOException("the certificate in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// @param of the public key of the certificate that the key belongs to
    static PrivateKey key(Path file, PublicKey of) throws IOException {
        for (Section section : sections(file)) {
            if (section.kind().endsWith(PKCS8)) {
                try {
                    return KeyFactory.getInstance(of.getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(file, section, of)));
                } catch (GeneralSecurityException e) {
                    throw new IOException(
                            "the key in " + file + " is not that of the certificate, which is for " + of.getAlgorithm(),
                            e);
                }
            }
        }
        throw new IOException("there is no private key in " + file + ": it begins with -----BEGIN PRIVATE KEY-----");
    }

    private static byte[] pkcs8(Path file, Section section, PublicKey of) throws IOException, GeneralSecurityException {
        // The old format names the cipher in a header.
        boolean locked = section.text().contains("ENCRYPTED");
        String form = locked ? "" : section.kind();
        return switch (form) {
            case PKCS8 -> bytes(file, section);
            case PKCS1 -> der(SEQUENCE, VERSION, RSA, der(OCTETS, bytes(file, section)));
            case SEC1 -> der(SEQUENCE, VERSION, der(SEQUENCE, EC, curve(of)), der(OCTETS, bytes(file, section)));
            default ->
                throw new IOException("the key in " + file + " is an " + section.kind()
                        + (locked ? " with a passphrase" : "") + ": `openssl pkcs8 -topk8 -nocrypt -in " + file
                        + " -out NEW` writes it as one that can be read");
        };
    }

    /// The name of its curve, as DER.
    private static byte[] curve(PublicKey of) throws IOException, GeneralSecurityException {
        if (!(of instanceof ECPublicKey key)) {
            throw new InvalidKeyException("not a key on a curve");
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance(key.getAlgorithm());
        curve.init(key.getParams());
        return curve.getEncoded();
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() < LONG_FORM) {
            whole.write(content.size());
        } else {
            byte[] length = BigInteger.valueOf(content.size()).toByteArray();
            // A leading zero for the sign is allowed in a length of BER, not of DER.
            int from = length[0] == 0 ? 1 : 0;
            whole.write(LONG_FORM | (length.length - from));
            whole.write(length, from, length.length - from);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static List<Section> sections(Path file) throws IOException {
        Matcher matcher = SECTION.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        List<Section> sections = new ArrayList<>();
        while (matcher.find()) {
            sections.add(new Section(matcher.group(1), matcher.group(2)));
        }
        return sections;
    }

    private static byte[] bytes(Path file, Section section) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(section.text().strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
