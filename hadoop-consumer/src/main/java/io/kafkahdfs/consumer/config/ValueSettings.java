package io.kafkahdfs.consumer.config;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.SettingFile;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.failure.Quoted;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.Encoding;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.TypedEncoding;
import io.kafkahdfs.format.registry.RegistrySettings;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.typed.UnknownFields;
import io.kafkahdfs.format.typed.ValueKind;
import io.kafkahdfs.format.typed.ValueOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;

/** What keys and values are, and whether they become columns. */
public final class ValueSettings {
  public static final Setting<ValueKind> VALUES = kind("values", "Values");

  public static final Setting<ValueKind> KEYS = kind("keys", "Keys");

  public static final Setting<String> VALUE_SCHEMA = schema("value", "values");

  public static final Setting<String> KEY_SCHEMA = schema("key", "keys");

  public static final Setting<List<String>> REGISTRY = CommonSettings.schemaRegistry("load.");

  public static final Setting<String> REGISTRY_CONFIG =
      CommonSettings.schemaRegistryConfig("load.");

  public static final Setting<UnknownFields> UNKNOWN_FIELDS =
      new Setting<>(
          CommonSettings.VALUES,
          "load.unknown.fields",
          List.of("--unknown-fields"),
          "fail|drop",
          ValueType.choice(UnknownFields.class),
          Optional.of("fail"),
          "What to do about a field of JSON that the schema does not know: the record is bad (see"
              + " --on-bad), or the field is left out.");

  public static final Setting<MetadataColumn> METADATA =
      new Setting<>(
          CommonSettings.VALUES,
          "load.metadata",
          List.of("--metadata"),
          "none|struct",
          ValueType.choice(MetadataColumn.class),
          Optional.of("struct"),
          "Whether files with columns have one more, _kafka, with topic, partition, offset,"
              + " timestamp, key and headers. Without it records cannot be sent back whole, and"
              + " verify --deep can only count them.");

  private static final RegistrySettings REGISTRIES =
      new RegistrySettings(REGISTRY, REGISTRY_CONFIG);

  /** Where tasks find what was in the files of schemas, which only the driver's host has. */
  private static final String TEXT = ".text";

  private ValueSettings() {}

  private static Setting<ValueKind> kind(String what, String title) {
    return new Setting<>(
        CommonSettings.VALUES,
        "load." + what,
        List.of("--" + what),
        "bytes|json|avro",
        ValueType.choice(ValueKind.class),
        Optional.of("bytes"),
        title
            + " are bytes and land as they are; or JSON or Avro, and become columns of the"
            + " formats "
            + FileFormat.havingColumns()
            + ".");
  }

  private static Setting<String> schema(String what, String plural) {
    return new Setting<>(
        CommonSettings.VALUES,
        "load." + what + ".schema",
        List.of("--" + what + "-schema"),
        "FILE",
        ValueType.text("a file's name"),
        Optional.empty(),
        "A file with the Avro schema of all "
            + plural
            + ". Needed for JSON; without it Avro "
            + plural
            + " begin with their schema's number in the registry.");
  }

  /** Whether values become columns. */
  public static boolean areTyped(Settings settings) {
    return settings.get(VALUES) != ValueKind.BYTES;
  }

  /**
   * Checks all that can be known before anything is asked or read.
   *
   * @throws InvalidSettingException if settings contradict each other
   */
  public static void check(Settings settings) throws InvalidSettingException {
    FileSettings.checkFields(settings, areTyped(settings), Optional.empty());
    if (!areTyped(settings)) {
      for (Setting<?> setting :
          List.of(KEYS, VALUE_SCHEMA, KEY_SCHEMA, REGISTRY, REGISTRY_CONFIG)) {
        boolean given =
            setting == KEYS ? settings.get(KEYS) != ValueKind.BYTES : settings.isGiven(setting);
        if (given) {
          throw new InvalidSettingException(
              setting.name()
                  + " says how to decode, and --values is bytes, which are not decoded. Set --values"
                  + " json or avro, or leave it out.");
        }
      }
      return;
    }
    FileFormat format = settings.get(FileSettings.FORMAT);
    if (format.format().rows().isEmpty()) {
      throw new InvalidSettingException(
          "--values "
              + settings.get(VALUES)
              + " makes columns of values, and --format "
              + format
              + " has none. Use one of "
              + FileFormat.havingColumns()
              + ".");
    }
    check(settings, VALUES, VALUE_SCHEMA);
    check(settings, KEYS, KEY_SCHEMA);
    if (settings.get(METADATA) == MetadataColumn.NONE
        && settings.get(FileSettings.FILE_PER) == FilePer.TOPIC) {
      throw new InvalidSettingException(
          "--metadata none leaves out where a record came from, and with --file-per topic the file's"
              + " name does not tell it either. Use --file-per partition or --metadata struct.");
    }
  }

  private static void check(Settings settings, Setting<ValueKind> kind, Setting<String> schema)
      throws InvalidSettingException {
    ValueKind chosen = settings.get(kind);
    boolean given = settings.isGiven(schema);
    if (chosen == ValueKind.BYTES && given) {
      throw new InvalidSettingException(schema.name() + " needs " + kind.name() + " json or avro.");
    }
    if (chosen == ValueKind.JSON && !given) {
      throw new InvalidSettingException(
          kind.name() + " json needs " + schema.name() + " FILE, the Avro schema of it.");
    }
    if (chosen == ValueKind.AVRO && !given && !settings.isGiven(REGISTRY)) {
      throw new InvalidSettingException(
          kind.name()
              + " avro needs "
              + REGISTRY.name()
              + " URL, or "
              + schema.name()
              + " FILE if no registry was used.");
    }
  }

  /**
   * Reads the files that are named, for the tasks, and asks whether the registry answers. To be
   * called in the driver, once.
   */
  public static void keep(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    if (!areTyped(settings)) {
      return;
    }
    keepSchema(VALUE_SCHEMA, invocation);
    keepSchema(KEY_SCHEMA, invocation);
    REGISTRIES.keep(settings, invocation.credentials());
    if (settings.isGiven(REGISTRY)) {
      REGISTRIES.open(settings, invocation.credentials()).check();
    }
  }

  private static void keepSchema(Setting<String> setting, Invocation invocation)
      throws InvalidSettingException {
    Settings settings = invocation.settings();
    if (!settings.isGiven(setting)) {
      return;
    }
    String text = SettingFile.read(settings.get(setting), setting.name());
    Schema schema;
    try {
      schema = new Schema.Parser().parse(text);
    } catch (RuntimeException e) {
      throw new InvalidSettingException(
          "The file "
              + Quoted.text(settings.get(setting))
              + " ("
              + setting.name()
              + ") has no Avro schema: "
              + Quoted.line(String.valueOf(e.getMessage()))
              + ".");
    }
    RowFormat rows = settings.get(FileSettings.FORMAT).format().rows().orElseThrow();
    if (schema.getType() == Schema.Type.RECORD) {
      Optional<String> refused = rows.refusal(schema);
      if (refused.isPresent()) {
        throw new InvalidSettingException(
            "--format "
                + settings.get(FileSettings.FORMAT)
                + " cannot have the schema in "
                + Quoted.text(settings.get(setting))
                + " ("
                + setting.name()
                + "): "
                + refused.get()
                + ".");
      }
    }
    if (setting == VALUE_SCHEMA && schema.getType() == Schema.Type.RECORD) {
      FileSettings.checkFields(settings, true, Optional.of(schema));
    }
    invocation.configuration().set(setting.key() + TEXT, schema.toString());
  }

  /**
   * How records become files, in a task.
   *
   * @param heldBytes see {@link io.kafkahdfs.format.spi.WriteOptions}
   */
  public static Encoding encoding(
      Settings settings, long heldBytes, Configuration configuration, Credentials credentials)
      throws IOException {
    EncodeSettings files = FileSettings.encoding(settings).holdingBack(heldBytes);
    if (!areTyped(settings)) {
      return files;
    }
    Optional<SchemaRegistry> registry =
        settings.isGiven(REGISTRY)
            ? Optional.of(REGISTRIES.open(settings, credentials))
            : Optional.empty();
    return new TypedEncoding(
        files,
        new ValueOptions(
            settings.get(VALUES),
            schema(VALUE_SCHEMA, configuration),
            settings.get(KEYS),
            schema(KEY_SCHEMA, configuration),
            registry,
            settings.get(UNKNOWN_FIELDS),
            settings.get(METADATA) == MetadataColumn.STRUCT));
  }

  private static Optional<Schema> schema(Setting<String> setting, Configuration configuration) {
    return Optional.ofNullable(configuration.get(setting.key() + TEXT))
        .map(text -> new Schema.Parser().parse(text));
  }

  /** What keys and values become as a commit notes it; null if they stay bytes. */
  public static String note(Settings settings) {
    if (!areTyped(settings)) {
      return null;
    }
    ValueKind keys = settings.get(KEYS);
    return settings.get(VALUES)
        + (keys == ValueKind.BYTES ? "" : " --keys " + keys)
        + (settings.get(METADATA) == MetadataColumn.NONE ? LoadIdentity.WITHOUT_ORIGIN : "");
  }
}
