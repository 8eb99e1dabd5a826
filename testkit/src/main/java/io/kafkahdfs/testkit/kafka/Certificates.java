package io.kafkahdfs.testkit.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;

/** Makes keys and certificates, each its own authority, with the JDK's {@code keytool}. */
final class Certificates {
  /** Of all stores. */
  static final String PASSWORD = "store-secret";

  private static final String TYPE = "PKCS12";
  private static final String ALIAS = "server";

  private Certificates() {}

  /**
   * Makes a key and its certificate.
   *
   * @param names what the certificate names, as {@code keytool} writes it: {@code ip:127.0.0.1}
   */
  static void keyStore(Path file, String names) throws IOException {
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
  static void trustStore(Path file, Map<String, Path> keyStores) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(TYPE);
      trusted.load(null, null);
      for (Map.Entry<String, Path> keyStore : keyStores.entrySet()) {
        KeyStore keys = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(keyStore.getValue())) {
          keys.load(in, PASSWORD.toCharArray());
        }
        trusted.setCertificateEntry(keyStore.getKey(), keys.getCertificate(ALIAS));
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
