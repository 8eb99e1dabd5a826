package io.kafkahdfs.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes keys and certificates, each its own authority, with the JDK's {@code keytool}. */
public final class Certificates {
  /** Of all stores. */
  public static final String PASSWORD = "store-secret";

  private static final String TYPE = "PKCS12";
  private static final String ALIAS = "server";

  private Certificates() {}

  /**
   * Makes a key and its certificate.
   *
   * @param names what the certificate names, as {@code keytool} writes it: {@code ip:127.0.0.1}
   */
  public static void keyStore(Path file, String names) throws IOException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + file.getFileName(),
                "-ext",
                "san=" + names,
                "-keystore",
                file.toString(),
                "-storetype",
                TYPE,
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Writes a store that trusts certificates.
   *
   * @param keyStores what they are in, by the alias that each shall have
   */
  public static void trustStore(Path file, Map<String, Path> keyStores) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(TYPE);
      trusted.load(null, null);
      for (Map.Entry<String, Path> keyStore : keyStores.entrySet()) {
        trusted.setCertificateEntry(
            keyStore.getKey(), load(keyStore.getValue()).getCertificate(ALIAS));
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The certificate in a store that {@link #keyStore} made. */
  public static Certificate certificate(Path keyStore) throws IOException {
    try {
      return load(keyStore).getCertificate(ALIAS);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The key in a store that {@link #keyStore} made. */
  public static PrivateKey key(Path keyStore) throws IOException {
    try {
      return (PrivateKey) load(keyStore).getKey(ALIAS, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /**
   * What a server needs.
   *
   * @param trustStore of the certificates that clients may have
   */
  public static SSLContext server(Path keyStore, Path trustStore) throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(keyStore), PASSWORD.toCharArray());
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(load(trustStore));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
