package io.kafkahdfs.format.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and a private key as text, which Java has no store for. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519", "Ed448", "DSA");

  private record Block(String kind, byte[] content) {}

  private Pem() {}

  static boolean isPem(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  /** A store that trusts all certificates of a text. */
  static KeyStore trusted(byte[] content) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (Certificate certificate : certificates(blocks(content))) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    return store;
  }

  /**
   * A store, with an empty password, of a text's key and its chain of certificates.
   *
   * @param password of the key, or null
   */
  static KeyStore identity(byte[] content, char[] password)
      throws IOException, GeneralSecurityException {
    List<Block> blocks = blocks(content);
    Certificate[] chain = certificates(blocks).toArray(Certificate[]::new);
    if (chain.length == 0) {
      throw new IOException("it has no certificate");
    }
    KeyStore store = empty();
    store.setKeyEntry("client", key(blocks, password), new char[0], chain);
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Block> blocks(byte[] content) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      try {
        blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
      } catch (IllegalArgumentException e) {
        throw new IOException("its " + matcher.group(1) + " is no base64", e);
      }
    }
    return blocks;
  }

  private static List<Certificate> certificates(List<Block> blocks)
      throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.kind().equals("CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
      }
    }
    return certificates;
  }

  private static PrivateKey key(List<Block> blocks, char[] password)
      throws IOException, GeneralSecurityException {
    Optional<Block> found =
        blocks.stream().filter(block -> block.kind().endsWith("PRIVATE KEY")).findFirst();
    Block block = found.orElseThrow(() -> new IOException("it has no private key"));
    return switch (block.kind()) {
      case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(block.content()));
      case "ENCRYPTED PRIVATE KEY" -> key(decrypted(block.content(), password));
      default ->
          throw new IOException(
              "its key is an "
                  + block.kind()
                  + ", and a key must be as PKCS#8 has it; openssl pkcs8 -topk8 makes it so");
    };
  }

  private static PKCS8EncodedKeySpec decrypted(byte[] content, char[] password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw new IOException("its key is encrypted, and ssl.key.password is not set");
    }
    EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
    AlgorithmParameters parameters = encrypted.getAlgParameters();
    // For PBES2, the name of the scheme is no name of a cipher; its parameters tell that.
    String algorithm =
        encrypted.getAlgName().startsWith("PBEWith") ? encrypted.getAlgName() : "" + parameters;
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
        parameters);
    return encrypted.getKeySpec(cipher);
  }

  private static PrivateKey key(PKCS8EncodedKeySpec key)
      throws IOException, GeneralSecurityException {
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(key);
      } catch (InvalidKeySpecException e) {
        // It is of another kind.
      }
    }
    throw new IOException("its key is of none of the kinds " + KEY_KINDS);
  }
}
