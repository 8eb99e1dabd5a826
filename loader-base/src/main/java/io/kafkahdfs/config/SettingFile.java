package io.kafkahdfs.config;

import io.kafkahdfs.failure.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A local file of text that a setting names. */
public final class SettingFile {
  /** A line for each of some hundred thousand partitions. */
  private static final int MOST_BYTES = 64 << 20;

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private SettingFile() {}

  /**
   * All of it, without a byte order mark.
   *
   * @param name of the file
   * @param option how it was given, for messages
   * @throws InvalidSettingException if it is not there, is no UTF-8, or is too large to be meant
   */
  public static String read(String name, String option) throws InvalidSettingException {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unreadable(name, option, "it has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (InvalidSettingException e) {
      throw e;
    } catch (CharacterCodingException e) {
      throw unreadable(name, option, "it is no UTF-8; write it anew as UTF-8");
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(name, option, e.toString());
    }
  }

  /**
   * The same, read as Java's properties.
   *
   * @return by key
   */
  public static Map<String, String> properties(String name, String option)
      throws InvalidSettingException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(read(name, option)));
    } catch (InvalidSettingException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(name, option, e.getMessage());
    }
    Map<String, String> read = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
    return read;
  }

  /** Says that a file cannot be used. */
  public static InvalidSettingException unreadable(String name, String option, String why) {
    return new InvalidSettingException(
        "Cannot read the file " + Quoted.text(name) + ", given as " + option + ": " + why + ".");
  }
}
